package dev.serai.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.catalog.Overlaid.Place;
import dev.serai.config.YamlDocument;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Adds to a provider's description what its overlay says: models that it does not list, and of those that it lists what it leaves
 * unknown. A statement with {@code override} also replaces what the description says. One use, one thread.
 */
final class OverlayMerge {
    private static final Set<String> ABOUT_THE_STATEMENT = Set.of("by", "on", "override");
    private static final Map<String, String> OPPOSITES = Map.of("capabilities", "lacks", "lacks", "capabilities");

    private final Origin base;
    private final YamlDocument overlay;
    private final ObjectNode root;
    private final ArrayNode models;
    private final Map<String, Place> places = new HashMap<>();
    private final Map<String, Integer> ids = new HashMap<>();
    private final Set<String> otherNames = new HashSet<>();

    private OverlayMerge(Origin base, YamlDocument overlay) {
        this.base = base;
        this.overlay = overlay;
        this.root = base.root().deepCopy();
        this.models = root.withArray("models");
    }

    /** Both together; both fit their schemas. */
    static Origin of(Origin base, YamlDocument overlay) {
        return new OverlayMerge(base, overlay).merge();
    }

    private Origin merge() {
        for (int i = 0; i < models.size(); i++) {
            JsonNode model = models.get(i);
            ids.putIfAbsent(key(model), i);
            model.path("aliases").forEach(alias -> otherNames.add(Catalog.key(alias.asText())));
            model.path("nicknames").forEach(name -> otherNames.add(Catalog.key(name.asText())));
            takeDefaults((ObjectNode) model, "/models/" + i);
        }
        // They hold for the models that the author of the file wrote, and not for those that a list adds.
        root.remove("modelDefaults");
        JsonNode added = overlay.root().path("models");
        for (int i = 0; i < added.size(); i++) {
            add(added.get(i), "/models/" + i);
        }
        return new Overlaid(base, overlay, root, Map.copyOf(places));
    }

    private static String key(JsonNode model) {
        return Catalog.key(model.path("id").asText());
    }

    private void takeDefaults(ObjectNode model, String pointer) {
        base.root().path("modelDefaults").properties().forEach(field -> {
            String key = field.getKey();
            if (!model.has(key)) {
                model.set(
                        key, key.equals("lacks") ? without(field.getValue(), model.path("capabilities")) : copy(field));
                places.put(pointer + "/" + key, new Place(false, "/modelDefaults/" + key));
            }
        });
    }

    private static JsonNode copy(Map.Entry<String, JsonNode> field) {
        return field.getValue().deepCopy();
    }

    private ArrayNode without(JsonNode list, JsonNode those) {
        ArrayNode rest = root.arrayNode();
        list.forEach(item -> {
            if (!contains(those, item)) {
                rest.add(item);
            }
        });
        return rest;
    }

    private void add(JsonNode entry, String from) {
        String key = key(entry);
        if (otherNames.contains(key)) {
            return;
        }
        Integer known = ids.putIfAbsent(key, models.size());
        int index = known == null ? models.size() : known;
        ObjectNode model = known == null
                ? models.addObject().put("id", entry.path("id").asText())
                : (ObjectNode) models.get(index);
        if (known == null) {
            places.put("/models/" + index, new Place(true, from));
        }
        JsonNode said = entry.path("said");
        for (int i = 0; i < said.size(); i++) {
            apply(said.get(i), from + "/said/" + i, model, "/models/" + index);
        }
    }

    private void apply(JsonNode statement, String from, ObjectNode model, String to) {
        boolean override = statement.path("override").asBoolean();
        boolean[] used = {model.size() == 1};
        statement.properties().forEach(field -> {
            String key = field.getKey();
            if (ABOUT_THE_STATEMENT.contains(key)) {
                return;
            }
            if (OPPOSITES.containsKey(key)) {
                used[0] |= join(key, field.getValue(), override, from, model, to);
            } else if (override || !isKnown(model, key)) {
                model.set(key, copy(field));
                places.put(to + "/" + key, new Place(true, from + "/" + key));
                used[0] = true;
            }
        });
        if (used[0]) {
            addSource(statement.path("by"), from, model, to);
        }
    }

    private static boolean isKnown(JsonNode model, String key) {
        JsonNode value = model.path(key);
        return !value.isMissingNode()
                && !(value.isArray() && value.isEmpty())
                && !(key.equals("price") && value.asText().equals("unknown"));
    }

    /** Adds the capabilities, or lacks, that are in neither list so far. */
    private boolean join(String key, JsonNode items, boolean override, String from, ObjectNode model, String to) {
        boolean added = false;
        String opposite = OPPOSITES.getOrDefault(key, key);
        for (int i = 0; i < items.size(); i++) {
            JsonNode item = items.get(i);
            if (override && contains(model.path(opposite), item)) {
                model.set(
                        opposite, without(model.path(opposite), root.arrayNode().add(item)));
            }
            ArrayNode list = model.withArray(key);
            if (!contains(list, item) && !contains(model.path(opposite), item)) {
                places.put(to + "/" + key + "/" + list.size(), new Place(true, from + "/" + key + "/" + i));
                list.add(item);
                added = true;
            }
        }
        return added;
    }

    private static boolean contains(JsonNode list, JsonNode item) {
        for (JsonNode one : list) {
            if (one.equals(item)) {
                return true;
            }
        }
        return false;
    }

    private void addSource(JsonNode by, String from, ObjectNode model, String to) {
        JsonNode before = model.path("source");
        ArrayNode sources = model.putArray("source");
        if (before.isArray()) {
            sources.addAll((ArrayNode) before);
        } else if (before.isTextual()) {
            sources.add(before);
        }
        if (!contains(sources, by)) {
            places.put(to + "/source/" + sources.size(), new Place(true, from + "/by"));
            sources.add(by);
        }
    }
}
