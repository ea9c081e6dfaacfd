package dev.serai.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * A column of a list.
 *
 * @param place of the field, with dots between its names
 */
record Column(String heading, String place) {
    private static final int MINUTE = "2026-11-22T12:00".length();

    /** The field as it stands in a table; a dash if it is not there. */
    String cell(JsonNode object) {
        JsonNode value = object.at("/" + place.replace('.', '/'));
        String text = text(value);
        if (text.isEmpty()) {
            return "-";
        }
        return place.endsWith("At") && text.length() > MINUTE
                ? text.substring(0, MINUTE).replace('T', ' ')
                : text;
    }

    private static String text(JsonNode value) {
        return value.isArray()
                ? StreamSupport.stream(value.spliterator(), false)
                        .map(item -> item.isObject() ? item.path("id").asText() : item.asText())
                        .collect(Collectors.joining(", "))
                : value.asText();
    }
}
