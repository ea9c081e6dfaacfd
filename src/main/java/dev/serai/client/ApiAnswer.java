package dev.serai.client;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What the management API answered.
 *
 * @param body a missing node if there was none
 * @param etag of the object; empty if there was none
 */
public record ApiAnswer(JsonNode body, String etag) {}
