package dev.serai.refresh;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.config.YamlDocument;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is said about a provider's models beyond its file: {@code config/overlays/<provider>.yaml}, as
 * {@code config/overlay.schema.json} describes it.
 */
record Overlay(String provider, List<Entry> models) {
    /** A model, and who says what of it. */
    record Entry(String id, List<Statement> said) {
        Entry {
            said = List.copyOf(said);
        }
    }

    /**
     * What one list says of one model.
     *
     * @param by       the list
     * @param on       the day on which it was first found to say so
     * @param override whether it counts even where the provider file says something else
     * @param facts    what it says, in the file's words and order
     */
    record Statement(String by, String on, boolean override, Map<String, JsonNode> facts) {
        Statement {
            facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
        }
    }

    Overlay {
        models = List.copyOf(models);
    }

    /** An overlay that fits its schema. */
    static Overlay of(YamlDocument document) {
        List<Entry> models = new ArrayList<>();
        for (JsonNode model : document.root().path("models")) {
            List<Statement> said = new ArrayList<>();
            model.path("said").forEach(statement -> said.add(statement(statement)));
            models.add(new Entry(model.path("id").asText(), said));
        }
        return new Overlay(document.root().path("provider").asText(), models);
    }

    private static Statement statement(JsonNode node) {
        Map<String, JsonNode> facts = new LinkedHashMap<>();
        node.properties().forEach(field -> facts.put(field.getKey(), field.getValue()));
        facts.keySet().removeAll(List.of("by", "on", "override"));
        return new Statement(
                node.path("by").asText(),
                node.path("on").asText(),
                node.path("override").asBoolean(),
                facts);
    }
}
