package dev.serai.dialect.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.conversation.EmbeddingReply;
import dev.serai.conversation.EmbeddingRequest;
import dev.serai.conversation.Usage;
import dev.serai.conversation.Vector;
import dev.serai.dialect.CodecException;
import dev.serai.dialect.Encoded;
import dev.serai.dialect.JsonMembers;
import dev.serai.dialect.JsonTree;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Replies with embeddings, read and written. */
final class EmbeddingReplies {
    private static final String DATA = "data";

    private EmbeddingReplies() {}

    static EmbeddingReply decode(byte[] body) throws CodecException {
        ObjectNode reply = JsonTree.readObject(body);
        if (reply.hasNonNull("error")) {
            throw new CodecException(OpenAiFailures.inStream(reply).message(), null);
        }
        if (!(reply.path(DATA) instanceof ArrayNode list)) {
            throw new CodecException("the provider's reply has no \"data\" list", null);
        }
        Integer[] positions = positions(list);
        List<Vector> vectors = new ArrayList<>(list.size());
        for (int position : positions) {
            vectors.add(vector(list.get(position).path("embedding"), DATA + "[" + position + "].embedding"));
        }
        return new EmbeddingReply(reply.path("model").asText(""), vectors, usage(reply));
    }

    /** In which order the elements are to be read: that of their indexes, or as they stand if those are not 0, 1, 2 and so on. */
    private static Integer[] positions(ArrayNode list) {
        @Nullable Integer[] byIndex = new Integer[list.size()];
        Integer[] asTheyStand = new Integer[list.size()];
        boolean counted = true;
        for (int i = 0; i < list.size(); i++) {
            JsonNode index = list.get(i).path("index");
            boolean fits = index.isInt() && index.intValue() >= 0 && index.intValue() < byIndex.length;
            counted &= fits && byIndex[index.intValue()] == null;
            byIndex[fits ? index.intValue() : i] = i;
            asTheyStand[i] = i;
        }
        return counted ? Arrays.copyOf(byIndex, byIndex.length, Integer[].class) : asTheyStand;
    }

    private static Vector vector(JsonNode embedding, String path) throws CodecException {
        if (embedding.isTextual()) {
            return fromBase64(embedding.textValue(), path);
        }
        if (!(embedding instanceof ArrayNode numbers)) {
            throw new CodecException("is neither a list of numbers nor base64", path);
        }
        float[] values = new float[numbers.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = numbers.get(i).floatValue();
            if (!numbers.get(i).isNumber() || !Float.isFinite(values[i])) {
                throw new CodecException("is no number", path + "[" + i + "]");
            }
        }
        return Vector.of(values);
    }

    private static Vector fromBase64(String text, String path) throws CodecException {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new CodecException("is no base64", path);
        }
        if (bytes.length % Float.BYTES != 0) {
            throw new CodecException("does not consist of 32-bit floats", path);
        }
        float[] values = new float[bytes.length / Float.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
        return Vector.of(values);
    }

    private static Usage usage(ObjectNode reply) throws CodecException {
        JsonMembers usage = JsonMembers.ofReply(reply, "").object("usage");
        if (usage == null) {
            return Usage.NONE;
        }
        Long prompt = usage.integer("prompt_tokens");
        Long total = usage.integer("total_tokens"); // Voyage states nothing else
        long input = prompt != null ? prompt : total != null ? total : 0;
        return new Usage(Math.max(0, input), 0, 0, 0, 0, 0, 0, 0);
    }

    static Encoded encode(EmbeddingReply reply, EmbeddingRequest request) {
        boolean base64 = request.encoding() == EmbeddingRequest.Encoding.BASE64;
        ObjectNode body = JsonTree.NODES.objectNode();
        body.put("object", "list");
        ArrayNode data = body.putArray(DATA);
        for (Vector vector : reply.vectors()) {
            ObjectNode element = data.addObject();
            element.put("object", "embedding");
            element.put("index", data.size() - 1);
            if (base64) {
                element.put("embedding", base64(vector));
            } else {
                ArrayNode numbers = element.putArray("embedding");
                for (float value : vector.toArray()) {
                    numbers.add(value);
                }
            }
        }
        body.put("model", reply.model().isEmpty() ? request.model() : reply.model());
        ObjectNode usage = body.putObject("usage");
        usage.put("prompt_tokens", reply.usage().totalInput());
        usage.put("total_tokens", reply.usage().totalInput());
        return new Encoded(JsonTree.write(body), List.of());
    }

    private static String base64(Vector vector) {
        ByteBuffer bytes = ByteBuffer.allocate(vector.size() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(vector.toArray());
        return Base64.getEncoder().encodeToString(bytes.array());
    }
}
