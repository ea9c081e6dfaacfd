package dev.serai.refresh;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A model as a list has it.
 *
 * @param id    what the list calls it
 * @param facts what the list says of it, in the words and the order of an overlay: {@code context}, {@code price}…
 */
record ListedModel(String id, Map<String, JsonNode> facts) {
    ListedModel {
        facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
    }
}
