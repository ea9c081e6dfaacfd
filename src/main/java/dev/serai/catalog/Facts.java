package dev.serai.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.config.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Reads what a provider's description says of one of its models, with the place of everything. */
final class Facts {
    private static final String SOURCE = "source";

    private final Origin origin;

    Facts(Origin origin) {
        this.origin = origin;
    }

    /** In the order of the files; empty if no file lists the model. */
    List<Fact> of(String modelId) {
        JsonNode models = origin.root().path("models");
        for (int i = 0; i < models.size(); i++) {
            if (models.get(i).path("id").asText().equalsIgnoreCase(modelId)) {
                return facts(models.get(i), "/models/" + i);
            }
        }
        return List.of();
    }

    private List<Fact> facts(JsonNode model, String pointer) {
        Map<String, String> pointers = new LinkedHashMap<>();
        model.fieldNames().forEachRemaining(key -> pointers.put(key, pointer + "/" + key));
        origin.root()
                .path("modelDefaults")
                .fieldNames()
                .forEachRemaining(key -> pointers.putIfAbsent(key, "/modelDefaults/" + key));
        List<String> sources = sources(pointers.getOrDefault(SOURCE, pointer + "/" + SOURCE));
        pointers.remove(SOURCE);
        List<Fact> facts = new ArrayList<>();
        pointers.forEach((key, at) -> facts.addAll(split(key, at, sources)));
        return facts;
    }

    /** One fact, or where the items of a list are from several places, one for each run of items from the same place. */
    private List<Fact> split(String key, String pointer, List<String> sources) {
        JsonNode value = origin.root().at(pointer);
        if (!value.isArray() || key.equals("price") || value.isEmpty()) {
            return List.of(fact(key, flow(value), pointer, sources));
        }
        List<Fact> facts = new ArrayList<>();
        int begin = 0;
        for (int i = 1; i <= value.size(); i++) {
            if (i == value.size() || !Objects.equals(statement(pointer, i), statement(pointer, begin))) {
                StringJoiner items = new StringJoiner(", ", "[", "]");
                for (int item = begin; item < i; item++) {
                    items.add(flow(value.get(item)));
                }
                facts.add(fact(key, items.toString(), pointer + "/" + begin, sources));
                begin = i;
            }
        }
        return facts;
    }

    private @Nullable JsonNode statement(String pointer, int item) {
        return origin.statement(pointer + "/" + item);
    }

    private Fact fact(String key, String value, String pointer, List<String> sources) {
        Problem place = origin.problem(pointer, "");
        JsonNode statement = origin.statement(pointer);
        if (statement != null) {
            return new Fact(
                    key,
                    value,
                    place.file(),
                    place.line(),
                    List.of(statement.path("by").asText()),
                    statement.path("on").asText());
        }
        return new Fact(key, value, place.file(), place.line(), sources, "");
    }

    /** Where the provider file says that it is from; an overlay speaks for itself. */
    private List<String> sources(String pointer) {
        JsonNode list = origin.root().at(pointer);
        List<String> texts = new ArrayList<>();
        if (list.isTextual()) {
            texts.add(list.asText());
        }
        for (int i = 0; i < list.size(); i++) {
            if (statement(pointer, i) == null) {
                texts.add(list.get(i).asText());
            }
        }
        return texts;
    }

    private static String flow(JsonNode value) {
        if (value.isObject()) {
            StringJoiner fields = new StringJoiner(", ", "{", "}");
            value.properties().forEach(field -> fields.add(field.getKey() + ": " + flow(field.getValue())));
            return fields.toString();
        }
        if (value.isArray()) {
            StringJoiner items = new StringJoiner(", ", "[", "]");
            value.forEach(item -> items.add(flow(item)));
            return items.toString();
        }
        return value.asText();
    }
}
