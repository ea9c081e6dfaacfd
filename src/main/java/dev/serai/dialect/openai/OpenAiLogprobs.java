package dev.serai.dialect.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.conversation.Logprobs;
import dev.serai.dialect.JsonTree;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Log probabilities as OpenAI writes them, to and from the model. */
final class OpenAiLogprobs {
    private OpenAiLogprobs() {}

    /** Those of a choice in Chat; null if they have another form, or none. */
    static @Nullable Logprobs read(JsonNode logprobs) {
        if (!logprobs.isObject()) {
            return null;
        }
        List<Logprobs.Token> content = tokens(logprobs.path("content"));
        List<Logprobs.Token> refusal = tokens(logprobs.path("refusal"));
        if (content == null || refusal == null || (content.isEmpty() && refusal.isEmpty())) {
            return null;
        }
        return new Logprobs(content, refusal);
    }

    /** The elements of a list of tokens; null if one of them has another form. */
    static @Nullable List<Logprobs.Token> tokens(JsonNode list) {
        List<Logprobs.Token> tokens = new ArrayList<>();
        for (JsonNode element : list) {
            Logprobs.Candidate chosen = candidate(element);
            List<Logprobs.Candidate> top = new ArrayList<>();
            for (JsonNode other : element.path("top_logprobs")) {
                Logprobs.Candidate candidate = candidate(other);
                if (candidate == null) {
                    return null;
                }
                top.add(candidate);
            }
            if (chosen == null) {
                return null;
            }
            tokens.add(new Logprobs.Token(chosen, top));
        }
        return tokens;
    }

    private static Logprobs.@Nullable Candidate candidate(JsonNode node) {
        JsonNode token = node.path("token");
        JsonNode logprob = node.path("logprob");
        if (!token.isTextual() || !logprob.isNumber() || !Double.isFinite(logprob.doubleValue())) {
            return null;
        }
        return new Logprobs.Candidate(token.textValue(), logprob.doubleValue(), bytes(node.path("bytes")));
    }

    private static @Nullable List<Integer> bytes(JsonNode list) {
        if (!list.isArray()) {
            return null;
        }
        List<Integer> bytes = new ArrayList<>(list.size());
        for (JsonNode value : list) {
            if (!value.canConvertToInt() || value.intValue() < 0 || value.intValue() > 255) {
                return null;
            }
            bytes.add(value.intValue());
        }
        return bytes;
    }

    /** As a choice in Chat has them. */
    static ObjectNode write(Logprobs logprobs) {
        ObjectNode node = JsonTree.NODES.objectNode();
        node.set("content", write(logprobs.content()));
        if (logprobs.refusal().isEmpty()) {
            node.putNull("refusal");
        } else {
            node.set("refusal", write(logprobs.refusal()));
        }
        return node;
    }

    static ArrayNode write(List<Logprobs.Token> tokens) {
        ArrayNode list = JsonTree.NODES.arrayNode();
        for (Logprobs.Token token : tokens) {
            ObjectNode node = list.addObject();
            write(token.chosen(), node);
            ArrayNode top = node.putArray("top_logprobs");
            token.top().forEach(candidate -> write(candidate, top.addObject()));
        }
        return list;
    }

    private static void write(Logprobs.Candidate candidate, ObjectNode node) {
        node.put("token", candidate.token());
        node.put("logprob", candidate.logprob());
        List<Integer> bytes = candidate.bytes();
        if (bytes == null) {
            node.putNull("bytes");
        } else {
            bytes.forEach(node.putArray("bytes")::add);
        }
    }
}
