package dev.serai.micro;

import dev.serai.catalog.Auth;
import dev.serai.catalog.Catalog;
import dev.serai.catalog.Kind;
import dev.serai.catalog.Modality;
import dev.serai.catalog.Model;
import dev.serai.catalog.Provider;
import dev.serai.selection.Alias;
import dev.serai.selection.Aliases;
import dev.serai.selection.Directory;
import dev.serai.selection.Strategy;
import dev.serai.selection.When;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Twenty providers with a hundred models each, as objects and as files. */
final class LargeCatalog {
    static final int PROVIDERS = 20;
    static final int MODELS_PER_PROVIDER = 100;

    private LargeCatalog() {}

    static String provider(int p) {
        return "provider-" + p;
    }

    static String model(int p, int m) {
        return "maker-" + p + "/model-" + m + "-of-2026-11";
    }

    static Directory directory() {
        List<Provider> providers = new ArrayList<>();
        for (int p = 0; p < PROVIDERS; p++) {
            providers.add(Provider.builder(provider(p), URI.create("https://" + provider(p) + ".example/v1"))
                    .auth(new Auth.None())
                    .dialect("openai-chat", "/chat/completions")
                    .models(models(p))
                    .build());
        }
        Alias alias = new Alias(
                "smart",
                Strategy.ORDERED,
                List.of(
                        new Alias.Member(provider(3) + ":" + model(3, 7), 1, When.ALWAYS),
                        new Alias.Member(provider(4) + ":" + model(4, 8), 1, When.ALWAYS),
                        new Alias.Member(model(5, 9), 1, When.ALWAYS)));
        return new Directory(new Catalog(providers), new Aliases(List.of(alias)));
    }

    private static List<Model> models(int p) {
        return IntStream.range(0, MODELS_PER_PROVIDER)
                .mapToObj(m -> Model.builder(model(p, m))
                        .kind(Kind.CHAT)
                        .limits(128_000L, 16_000L)
                        .modalities(Set.of(Modality.TEXT, Modality.IMAGE), Set.of(Modality.TEXT))
                        .build())
                .toList();
    }

    /** The same as a config folder. */
    static void write(Path config) throws IOException {
        Path folder = Files.createDirectories(config.resolve("providers"));
        for (int p = 0; p < PROVIDERS; p++) {
            StringBuilder file = new StringBuilder("""
                    id: %s
                    name: Made up
                    order: 1
                    baseUrl: https://%s.example/v1
                    dialects:
                      openai-chat: /chat/completions
                    auth: none
                    modelDefaults: {kind: chat, input: [text, image], output: [text]}
                    models:
                    """.formatted(provider(p), provider(p)));
            for (int m = 0; m < MODELS_PER_PROVIDER; m++) {
                file.append("  - {id: ").append(model(p, m)).append(", context: 128000}\n");
            }
            Files.writeString(folder.resolve(provider(p) + ".yaml"), file);
        }
        Files.writeString(config.resolve("aliases.yaml"), """
                aliases:
                  smart: ["%s:%s", "%s:%s", "%s"]
                """.formatted(
                        provider(3), model(3, 7), provider(4), model(4, 8), model(5, 9)));
    }
}
