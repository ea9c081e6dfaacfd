package dev.serai.declared;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.client.ApiAnswer;
import dev.serai.client.ApiClient;
import dev.serai.client.CallException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Carries out a plan, change by change. What somebody else changed since it was made is refused. */
public final class Execution {
    private final ApiClient api;
    private final Map<Section, Map<String, String>> ids = new EnumMap<>(Section.class);

    /** @param present what the plan was made for */
    public Execution(ApiClient api, Present present) {
        this.api = api;
        for (Section section : Section.values()) {
            Map<String, String> known = new HashMap<>();
            present.objects(section)
                    .forEach((label, objects) ->
                            known.put(label, objects.get(0).path("id").asText()));
            ids.put(section, known);
        }
    }

    /**
     * Makes a change.
     *
     * @return the token of a new access key, which is not shown again
     * @throws CallException if it was refused; what was done before stays
     */
    public Optional<String> make(Change change) throws CallException {
        Section section = change.section();
        String path = section.isList() ? ApiClient.path(section.path(), change.id()) : section.path();
        switch (change.action()) {
            case DELETE -> api.delete(path, change.etag());
            case UPDATE -> update(change, path);
            case CREATE -> {
                ObjectNode body = withIds(section, change.body());
                if (change.value() != null) {
                    body.put("value", change.value().reveal());
                }
                JsonNode made = api.post(section.path(), body).body();
                ids(section).put(change.label(), made.path("id").asText());
                return Optional.ofNullable(made.path("token").textValue());
            }
        }
        return Optional.empty();
    }

    private void update(Change change, String path) throws CallException {
        String etag = change.etag();
        if (!change.body().isEmpty()) {
            ApiAnswer kept = api.patch(path, withIds(change.section(), change.body()), etag);
            etag = kept.etag();
        }
        if (change.value() != null) {
            ObjectNode body =
                    change.body().objectNode().put("value", change.value().reveal());
            api.post(path + "/rotate", body, etag);
        }
    }

    private Map<String, String> ids(Section section) {
        return ids.computeIfAbsent(section, none -> new HashMap<>());
    }

    /** The API has ids where the file has names. */
    private ObjectNode withIds(Section section, ObjectNode declared) {
        ObjectNode body = declared.deepCopy();
        if (section == Section.CONFIGURATIONS) {
            Map<String, String> keys = ids(Section.PROVIDER_KEYS);
            References.forEachKey(body, (provider, names, index, place) -> {
                String label = Section.keyLabel(provider, names.get(index).asText());
                names.set(index, names.textNode(keys.getOrDefault(label, label)));
            });
        }
        JsonNode configuration = section == Section.ACCESS_KEYS ? body.remove("configuration") : null;
        if (configuration != null) {
            String name = configuration.textValue();
            body.put(
                    "configurationId",
                    name == null ? null : ids(Section.CONFIGURATIONS).getOrDefault(name, name));
        }
        return body;
    }
}
