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
        StringBuilder text = new StringBuilder("""
                # yaml-language-server: $schema=../provider.schema.json
                # Found on this machine on %s by `serai providers discover`. It is asked for its models again at each start; those
                # below can be named even while it is not running.
                id: %s
                """.formatted(today, id));
        if (kind.preset() == null) {
            text.append("name: ").append(OverlayText.text(kind.name())).append("\norder: 850\n");
        } else {
            text.append("preset: ").append(kind.preset()).append('\n');
        }
        text.append("baseUrl: ").append(baseUrl).append('\n');
        if (kind.preset() == null) {
            text.append("dialects:\n  openai-chat: /chat/completions\n  openai-embeddings: /embeddings\n");
        }
        if (wantsKey) {
            String variable = id.toUpperCase(Locale.ROOT).replace('-', '_') + "_API_KEY";
            text.append("auth: {header: Authorization, prefix: \"Bearer \", env: ")
                    .append(variable)
                    .append("}\n");
        } else if (kind.preset() == null) {
            text.append("auth: none\n");
        }
        if (kind.preset() == null) {
            text.append("discoverModels: true\n");
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
