package dev.serai.refresh;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A kind of server that serves models on the user's own machine, in OpenAI's format.
 *
 * @param id     what its provider is called
 * @param name   for people
 * @param port   where it listens unless told otherwise
 * @param preset the preset that describes it; null if none does, then its file says all
 * @param owner  what its list gives as {@code owned_by}; null if that tells nothing
 */
public record LocalServer(
        String id,
        String name,
        int port,
        @Nullable String preset,
        @Nullable String owner) {
    /** The usual ones, by the order in which they are asked. */
    public static final List<LocalServer> USUAL = List.of(
            new LocalServer("ollama", "Ollama", 11_434, "ollama", "library"),
            new LocalServer("vllm", "vLLM", 8_000, "vllm", "vllm"),
            new LocalServer("lm-studio", "LM Studio", 1_234, "lm-studio", "organization_owner"),
            new LocalServer("llama-cpp", "llama.cpp", 8_080, null, "llamacpp"),
            new LocalServer("local-ai", "LocalAI", 8_080, null, null),
            new LocalServer("sglang", "SGLang", 30_000, null, "sglang"),
            new LocalServer("jan", "Jan", 1_337, null, null),
            new LocalServer("koboldcpp", "KoboldCpp", 5_001, null, "koboldcpp"),
            new LocalServer("text-generation-webui", "text-generation-webui", 5_000, null, null),
            new LocalServer("gpt4all", "GPT4All", 4_891, null, null));

    /**
     * The kind that answers on this port: the one that its list names, or else one that is known for the port.
     *
     * @throws IllegalArgumentException if none is known for the port
     */
    static LocalServer recognise(List<LocalServer> kinds, int port, String owner) {
        return kinds.stream()
                .filter(kind -> owner.equals(kind.owner()))
                .findFirst()
                .or(() -> kinds.stream()
                        .filter(kind -> kind.port() == port && kind.owner() == null)
                        .findFirst())
                .or(() -> kinds.stream().filter(kind -> kind.port() == port).findFirst())
                .orElseThrow(() -> new IllegalArgumentException("no kind of server is known for port " + port));
    }
}
