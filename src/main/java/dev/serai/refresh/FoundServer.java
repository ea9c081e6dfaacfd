package dev.serai.refresh;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

/**
 * A server that was found on this machine.
 *
 * @param baseUrl  where it answers
 * @param models   what it serves, each with the facts that its list gives; empty if it wants a key
 * @param wantsKey whether it refuses to say without a key
 */
public record FoundServer(LocalServer kind, URI baseUrl, Map<String, Map<String, JsonNode>> models, boolean wantsKey) {
    /** The ids of its models. */
    public List<String> ids() {
        return List.copyOf(models.keySet());
    }

    /** A provider file for it, under this id. */
    public String file(String id, LocalDate today) {
        String variable = id.toUpperCase(Locale.ROOT).replace('-', '_') + "_API_KEY";
        StringBuilder text = new StringBuilder("# yaml-language-server: $schema=../provider.schema.json\n");
        text.append("# Found on this machine on ").append(today).append(" by `serai providers discover`.\n");
        text.append(
                wantsKey
                        ? "# It wants a key, which is read from " + variable + ".\n"
                        : "# It is asked for its models again at each start; those below can be named even while it is not"
                                + " running.\n");
        text.append("id: ").append(id).append('\n');
        text.append(kind.preset() == null ? "name: " + OverlayText.text(kind.name()) : "preset: " + kind.preset());
        text.append("\nbaseUrl: ").append(baseUrl).append('\n');
        if (wantsKey) {
            text.append("auth: {header: Authorization, prefix: \"Bearer \", env: ")
                    .append(variable)
                    .append("}\n");
        } else if (kind.preset() == null) {
            text.append("auth: none\n");
        }
        if (kind.preset() == null) {
            text.append("""
                    dialects:
                      openai-chat: /chat/completions
                      openai-embeddings: /embeddings
                    order: 850
                    discoverModels: true
                    """);
        }
        return text.append(modelsText()).toString();
    }

    private String modelsText() {
        StringBuilder text = new StringBuilder(models.isEmpty() ? "" : "models:\n");
        models.forEach((model, facts) -> {
            StringJoiner fields = new StringJoiner(", ", "  - {", "}\n").add("id: " + OverlayText.text(model));
            facts.forEach((key, value) -> fields.add(key + ": " + OverlayText.flow(value)));
            text.append(fields);
        });
        return text.toString();
    }
}
