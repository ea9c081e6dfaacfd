package dev.serai.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.error.GatewayException;
import dev.serai.sandbox.Script.Words;
import java.util.List;

/** <a href="https://platform.openai.com/docs/api-reference/embeddings">OpenAI's embeddings</a>. */
final class Embeddings {
    private static final int DEFAULT_DIMENSIONS = 8;
    private static final int MAX_DIMENSIONS = 4096;
    private static final int MAX_INPUTS = 2048;

    private Embeddings() {}

    /** @throws GatewayException {@code invalid_request_body} if something is not as the dialect demands */
    static ObjectNode of(ObjectNode request) {
        int dimensions = dimensions(request.path("dimensions"));
        boolean base64 = isBase64(request.path("encoding_format"));
        ObjectNode reply = Json.object().put("object", "list").put("model", PretendModel.EMBED.id());
        ArrayNode data = reply.putArray("data");
        int tokens = 0;
        for (JsonNode input : inputs(request)) {
            float[] vector = UnitVector.of(input.toString(), dimensions);
            ObjectNode embedding = data.addObject().put("object", "embedding").put("index", data.size() - 1);
            if (base64) {
                embedding.put("embedding", UnitVector.base64(vector));
            } else {
                ArrayNode floats = embedding.putArray("embedding");
                for (float component : vector) {
                    floats.add(component);
                }
            }
            tokens += input.isArray() ? input.size() : Words.count(input.asText());
        }
        reply.putObject("usage").put("prompt_tokens", tokens).put("total_tokens", tokens);
        return reply;
    }

    private static int dimensions(JsonNode asked) {
        int dimensions = asked.isMissingNode() ? DEFAULT_DIMENSIONS : asked.asInt();
        if (dimensions < 1 || dimensions > MAX_DIMENSIONS) {
            throw Json.wrong("'dimensions' must be a whole number from 1 to " + MAX_DIMENSIONS + ".", "dimensions");
        }
        return dimensions;
    }

    private static boolean isBase64(JsonNode asked) {
        return switch (asked.asText("float")) {
            case "", "float" -> false;
            case "base64" -> true;
            default -> throw Json.wrong("'encoding_format' must be float or base64.", "encoding_format");
        };
    }

    /** One text, a list of texts, one list of token numbers, or a list of such lists. */
    private static List<JsonNode> inputs(ObjectNode request) {
        JsonNode input = request.path("input");
        List<JsonNode> inputs =
                input.isTextual() || input.path(0).isInt() ? List.of(input) : Json.requiredList(request, "input");
        if (inputs.size() > MAX_INPUTS || !inputs.stream().allMatch(Embeddings::isEmbeddable)) {
            throw Json.wrong(
                    "'input' must be a text, up to " + MAX_INPUTS
                            + " texts, or lists of token numbers; none may be empty.",
                    "input");
        }
        return inputs;
    }

    private static boolean isEmbeddable(JsonNode input) {
        if (input.isTextual()) {
            return !input.textValue().isEmpty();
        }
        for (JsonNode token : input) {
            if (!token.isInt()) {
                return false;
            }
        }
        return input.isArray() && !input.isEmpty();
    }
}
