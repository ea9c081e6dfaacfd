package dev.serai.dialect.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.conversation.EmbeddingRequest;
import dev.serai.conversation.EmbeddingRequest.Encoding;
import dev.serai.conversation.EmbeddingRequest.Input;
import dev.serai.conversation.Extra;
import dev.serai.dialect.CodecException;
import dev.serai.dialect.Dropped;
import dev.serai.dialect.Encoded;
import dev.serai.dialect.EncodingTarget;
import dev.serai.dialect.JsonMembers;
import dev.serai.dialect.JsonTree;
import dev.serai.dialect.ModelRequest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Requests for embeddings, read and written. */
final class EmbeddingRequests {
    private static final String INPUT = "input";
    private static final String WRONG_INPUT =
            "must be a string, a list of strings, a list of tokens, or a list of such lists";

    private EmbeddingRequests() {}

    static EmbeddingRequest decode(ModelRequest request) throws CodecException {
        JsonMembers body =
                JsonMembers.ofRequest(JsonTree.readObject(request.body().bytes()), "");
        body.ignore("model", "models");
        List<Input> inputs = inputs(body.any(INPUT));
        Integer dimensions = body.smallInteger("dimensions");
        Encoding encoding = encoding(body);
        String user = body.text("user");
        List<Extra> extras = new ArrayList<>();
        body.leftOver(OpenAiEmbeddingsCodec.DIALECT, extras);
        return new EmbeddingRequest(request.models().get(0), inputs, dimensions, encoding, user, null, null, extras);
    }

    private static @Nullable Encoding encoding(JsonMembers body) throws CodecException {
        String word = body.text("encoding_format");
        if (word == null) {
            return null;
        }
        return switch (word) {
            case "float" -> Encoding.FLOAT;
            case "base64" -> Encoding.BASE64;
            default -> {
                body.leave("encoding_format"); // one that only its provider can judge
                yield null;
            }
        };
    }

    private static List<Input> inputs(@Nullable JsonNode input) throws CodecException {
        if (input == null) {
            throw new CodecException("is missing; it " + WRONG_INPUT, INPUT);
        }
        if (input.isTextual()) {
            return List.of(new Input.Text(input.textValue()));
        }
        if (!(input instanceof ArrayNode list)) {
            throw new CodecException(WRONG_INPUT, INPUT);
        }
        if (list.isEmpty()) {
            throw new CodecException("must not be empty", INPUT);
        }
        return list.get(0).isNumber() ? List.of(new Input.Tokens(tokens(list, INPUT))) : each(list);
    }

    private static List<Input> each(ArrayNode list) throws CodecException {
        List<Input> inputs = new ArrayList<>(list.size());
        for (int i = 0; i < list.size(); i++) {
            String path = INPUT + "[" + i + "]";
            if (list.get(i) instanceof ArrayNode tokens) {
                inputs.add(new Input.Tokens(tokens(tokens, path)));
            } else if (list.get(i).isTextual()) {
                inputs.add(new Input.Text(list.get(i).textValue()));
            } else {
                throw new CodecException("must be a string or a list of tokens", path);
            }
        }
        return inputs;
    }

    private static List<Integer> tokens(ArrayNode list, String path) throws CodecException {
        List<Integer> tokens = new ArrayList<>(list.size());
        for (int i = 0; i < list.size(); i++) {
            if (!list.get(i).isIntegralNumber() || !list.get(i).canConvertToInt()) {
                throw new CodecException("must be a token: a whole number", path + "[" + i + "]");
            }
            tokens.add(list.get(i).intValue());
        }
        return tokens;
    }

    static Encoded encode(EmbeddingRequest request, EncodingTarget target) throws CodecException {
        List<Dropped> dropped = new ArrayList<>();
        ObjectNode body = JsonTree.NODES.objectNode();
        body.put("model", target.model());
        body.set(INPUT, inputs(request.inputs()));
        if (request.dimensions() != null) {
            body.put("dimensions", request.dimensions());
        }
        if (request.encoding() != null) {
            body.put("encoding_format", request.encoding() == Encoding.BASE64 ? "base64" : "float");
        }
        if (request.user() != null) {
            body.put("user", request.user());
        }
        if (request.taskType() != null) {
            dropped.add(new Dropped("task_type", "vectors are for any use"));
        }
        if (request.title() != null) {
            dropped.add(new Dropped("title", "a text has no title"));
        }
        for (Extra extra : request.extras()) {
            if (extra.dialect().equals(OpenAiEmbeddingsCodec.DIALECT) && !body.has(extra.name())) {
                body.set(extra.name(), JsonTree.leaf(extra.value()));
            } else {
                dropped.add(Dropped.of(extra));
            }
        }
        return new Encoded(JsonTree.write(body), dropped);
    }

    private static ArrayNode inputs(List<Input> inputs) throws CodecException {
        boolean texts = inputs.get(0) instanceof Input.Text;
        ArrayNode list = JsonTree.NODES.arrayNode(inputs.size());
        for (Input input : inputs) {
            if (texts != input instanceof Input.Text) {
                throw new CodecException("must be all texts or all tokens", INPUT);
            }
            if (input instanceof Input.Text text) {
                list.add(text.text());
            } else {
                ((Input.Tokens) input).tokens().forEach(list.addArray()::add);
            }
        }
        return list;
    }
}
