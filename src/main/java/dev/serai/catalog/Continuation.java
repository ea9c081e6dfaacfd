package dev.serai.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Models that go on with an answer when the last message is its beginning, and what they must be told to do so.
 *
 * @param models   the models it holds for, by the id that is sent; empty: all
 * @param except   models it does not hold for, although {@code models} names them
 * @param dialects ids of the dialects it holds for, as spoken to the provider; empty: all
 * @param request  name to JSON, set in the request
 * @param message  name to JSON, set in the last message
 */
public record Continuation(
        List<Glob> models,
        List<Glob> except,
        Set<String> dialects,
        Map<String, JsonNode> request,
        Map<String, JsonNode> message) {
    private static final ObjectMapper JSON = new ObjectMapper();

    public Continuation {
        models = List.copyOf(models);
        except = List.copyOf(except);
        dialects = Set.copyOf(dialects);
        request = new LinkedHashMap<>(request);
        message = new LinkedHashMap<>(message);
    }

    boolean concerns(String model, String dialect) {
        return (dialects.isEmpty() || dialects.contains(dialect)) && Glob.choose(models, except, model);
    }

    /**
     * The request with what it needs.
     *
     * @param body a request of this dialect, whose last message is the beginning of the answer
     */
    public byte[] apply(byte[] body) {
        if (request.isEmpty() && message.isEmpty()) {
            return body;
        }
        try {
            JsonNode root = JSON.readTree(body);
            if (root instanceof ObjectNode object) {
                object.setAll(request);
                JsonNode messages = object.path("messages");
                if (messages.path(messages.size() - 1) instanceof ObjectNode last) {
                    last.setAll(message);
                }
            }
            return JSON.writeValueAsBytes(root);
        } catch (IOException e) {
            throw new UncheckedIOException("a codec wrote what is no JSON", e);
        }
    }
}
