package dev.serai.declared;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.client.ApiAnswer;
import dev.serai.client.ApiClient;
import dev.serai.client.CallException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What an account holds now. */
public final class Present {
    private static final Set<String> OF_THE_GATEWAY =
            Set.of("id", "uri", "createdAt", "updatedAt", "lastUsedAt", "problem");

    private final Map<Section, Map<String, List<JsonNode>>> objects = new EnumMap<>(Section.class);
    private final Map<String, String> labels = new HashMap<>();
    private final JsonNode gatewayConfig;
    private final String gatewayConfigTag;

    private Present(ApiClient api) throws CallException {
        for (Section section : Section.values()) {
            if (section.isList()) {
                Map<String, List<JsonNode>> byLabel = new LinkedHashMap<>();
                List<JsonNode> listed = new ArrayList<>(api.list(section.path()));
                Collections.reverse(listed);
                for (JsonNode object : listed) {
                    byLabel.computeIfAbsent(section.label(object), label -> new ArrayList<>())
                            .add(object);
                    labels.put(object.path("id").asText(), object.path("name").asText());
                }
                objects.put(section, byLabel);
            }
        }
        ApiAnswer config = api.get(Section.GATEWAY_CONFIG.path());
        gatewayConfig = config.body();
        gatewayConfigTag = config.etag();
    }

    /** Asks the API. */
    public static Present ask(ApiClient api) throws CallException {
        return new Present(api);
    }

    /** The objects of a list by their labels, the oldest first. Several can have one label. */
    Map<String, List<JsonNode>> objects(Section section) {
        return objects.getOrDefault(section, Map.of());
    }

    JsonNode gatewayConfig() {
        return gatewayConfig;
    }

    String gatewayConfigTag() {
        return gatewayConfigTag;
    }

    /** An object as the file would have it: names in the place of ids. A provider key comes without its value. */
    ObjectNode declared(Section section, JsonNode object) {
        ObjectNode declared = Normal.of(object);
        declared.remove(OF_THE_GATEWAY);
        switch (section) {
            case PROVIDER_KEYS -> declared.remove("value");
            case CONFIGURATIONS -> nameKeys(declared);
            case ACCESS_KEYS -> nameConfiguration(declared);
            case PROVIDERS, GATEWAY_CONFIG -> {}
        }
        return declared;
    }

    private void nameKeys(ObjectNode configuration) {
        for (JsonNode rule : configuration.path("router").path("rules")) {
            for (JsonNode step : rule.path("steps")) {
                if (step.path("keys") instanceof ArrayNode keys) {
                    for (int i = 0; i < keys.size(); i++) {
                        keys.set(i, keys.textNode(name(keys.get(i))));
                    }
                }
            }
        }
    }

    private void nameConfiguration(ObjectNode key) {
        JsonNode id = key.remove("configurationId");
        if (id != null) {
            key.put("configuration", name(id));
        }
    }

    private String name(JsonNode id) {
        return labels.getOrDefault(id.asText(), id.asText());
    }
}
