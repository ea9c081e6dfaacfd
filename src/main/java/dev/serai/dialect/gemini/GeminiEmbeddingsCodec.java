package dev.serai.dialect.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.conversation.EmbeddingReply;
import dev.serai.conversation.EmbeddingRequest;
import dev.serai.conversation.EmbeddingRequest.Input;
import dev.serai.conversation.Extra;
import dev.serai.conversation.Usage;
import dev.serai.conversation.Vector;
import dev.serai.dialect.CodecException;
import dev.serai.dialect.EmbeddingCodec;
import dev.serai.dialect.Encoded;
import dev.serai.dialect.EncodingTarget;
import dev.serai.dialect.Feature;
import dev.serai.dialect.ModelRequest;
import dev.serai.dialect.ReplySource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Translates batchEmbedContents (https://ai.google.dev/api/embeddings): texts only, one vector for each. */
public final class GeminiEmbeddingsCodec implements EmbeddingCodec {
    @Override
    public String dialect() {
        return GeminiEmbeddings.ID;
    }

    /** What is said of one text. */
    private record Asked(
            String text,
            @Nullable Integer dimensions,
            @Nullable String taskType,
            @Nullable String title) {
        boolean agreesWith(Asked other) {
            return Objects.equals(dimensions, other.dimensions)
                    && Objects.equals(taskType, other.taskType)
                    && Objects.equals(title, other.title);
        }
    }

    @Override
    public EmbeddingRequest decodeRequest(ModelRequest request) throws CodecException {
        byte[] bytes = request.body().bytes();
        if (!(Json.parse(bytes, 0, bytes.length) instanceof ObjectNode object)) {
            throw new CodecException("the body must be a JSON object", null);
        }
        Members body = Members.ofRequest(object, "");
        body.any("model");
        body.any("models");
        List<Extra> extras = new ArrayList<>();
        List<Asked> asked = new ArrayList<>();
        for (Members one : body.objects("requests")) {
            asked.add(asked(one, extras));
            if (!asked.get(asked.size() - 1).agreesWith(asked.get(0))) {
                throw new CodecException(
                        "must ask for the same as the others, to be sent to this provider", one.path());
            }
        }
        if (asked.isEmpty()) {
            throw new CodecException("must be a list of at least one request", "requests");
        }
        body.leftOver(extras);
        Asked first = asked.get(0);
        return new EmbeddingRequest(
                request.models().get(0),
                asked.stream().<Input>map(one -> new Input.Text(one.text)).toList(),
                first.dimensions,
                null,
                null,
                first.taskType,
                first.title,
                extras);
    }

    private static Asked asked(Members one, List<Extra> extras) throws CodecException {
        one.any("model");
        Members content = one.object("content");
        if (content == null) {
            throw new CodecException("is missing; it must be an object with parts", one.at("content"));
        }
        StringBuilder text = new StringBuilder();
        for (Members part : content.objects("parts")) {
            String words = part.text("text");
            if (words == null) {
                throw new CodecException("must have a text; nothing else can be sent to this provider", part.path());
            }
            text.append(words);
            part.leftOver(extras);
        }
        content.any("role");
        content.leftOver(extras);
        Asked asked =
                new Asked(text.toString(), one.small("outputDimensionality"), one.word("taskType"), one.word("title"));
        one.leftOver(extras);
        return asked;
    }

    @Override
    public Encoded encodeRequest(EmbeddingRequest request, EncodingTarget target) throws CodecException {
        Drops drops = new Drops();
        ObjectNode body = Json.object();
        ArrayNode requests = body.putArray("requests");
        for (Input input : request.inputs()) {
            if (!(input instanceof Input.Text text)) {
                throw new CodecException("must be text: Gemini has no use for the tokens of another model", "input");
            }
            ObjectNode one = requests.addObject().put("model", "models/" + GeminiPath.bare(target.model()));
            one.putObject("content").putArray("parts").addObject().put("text", text.text());
            put(one, "taskType", request.taskType());
            put(one, "title", request.title());
            if (request.dimensions() != null) {
                one.put("outputDimensionality", request.dimensions());
            }
        }
        drops.addIf(request.user() != null, Feature.USER, "Gemini is not told who asks");
        Extras.write(request.extras(), body, null, drops);
        return new Encoded(Json.bytes(body), drops.list());
    }

    private static void put(ObjectNode one, String name, @Nullable String value) {
        if (value != null) {
            one.put(name, value);
        }
    }

    @Override
    public EmbeddingReply decodeReply(byte[] body, ReplySource source) throws CodecException {
        if (!(Json.parse(body, 0, body.length) instanceof ObjectNode reply)) {
            throw new CodecException("the provider's reply is no JSON object", null);
        }
        if (reply.hasNonNull("error")) {
            throw new CodecException(ReplyDecoder.message(body), null);
        }
        List<Vector> vectors = new ArrayList<>();
        JsonNode one = reply.get("embedding");
        for (JsonNode embedding :
                one == null ? reply.path("embeddings") : Json.array().add(one)) {
            vectors.add(vector(embedding.path("values")));
        }
        if (vectors.isEmpty()) {
            throw new CodecException("the provider's reply has no embeddings", null);
        }
        GeminiUsage usage = new GeminiUsage(source.totals());
        usage.update(reply.get("usageMetadata"));
        return new EmbeddingReply("", vectors, usage.toUsage());
    }

    private static Vector vector(JsonNode values) throws CodecException {
        float[] numbers = new float[values.size()];
        for (int i = 0; i < numbers.length; i++) {
            if (!values.path(i).isNumber()) {
                throw new CodecException("the provider's reply has an embedding that is no list of numbers", null);
            }
            numbers[i] = values.path(i).floatValue();
        }
        return Vector.of(numbers);
    }

    @Override
    public Encoded encodeReply(EmbeddingReply reply, EmbeddingRequest request) {
        ObjectNode body = Json.object();
        ArrayNode embeddings = body.putArray("embeddings");
        for (Vector vector : reply.vectors()) {
            ArrayNode values = embeddings.addObject().putArray("values");
            for (float value : vector.toArray()) {
                values.add(value);
            }
        }
        if (!reply.usage().equals(Usage.NONE)) {
            long tokens = reply.usage().totalInput();
            body.putObject("usageMetadata").put("promptTokenCount", tokens).put("totalTokenCount", tokens);
        }
        return new Encoded(Json.bytes(body), List.of());
    }
}
