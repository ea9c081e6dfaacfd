package dev.serai.dialect.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.conversation.Logprobs;
import dev.serai.dialect.JsonTree;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Log probabilities as they stand at an {@code output_text}. */
final class ResponsesLogprobs {
    private ResponsesLogprobs() {}

    /** The tokens of an array from an index on; what is no token is left out. */
    static List<Logprobs.Token> read(JsonNode tokens, int from) {
        List<Logprobs.Token> read = new ArrayList<>();
        for (int i = from; i < tokens.size(); i++) {
            JsonNode token = tokens.path(i);
            if (token.path("token").isTextual()) {
                List<Logprobs.Candidate> top = new ArrayList<>();
                token.path("top_logprobs").forEach(candidate -> top.add(candidate(candidate)));
                read.add(new Logprobs.Token(candidate(token), top));
            }
        }
        return read;
    }

    private static Logprobs.Candidate candidate(JsonNode node) {
        return new Logprobs.Candidate(
                node.path("token").asText(), node.path("logprob").asDouble(), bytes(node.path("bytes")));
    }

    private static @Nullable List<Integer> bytes(JsonNode node) {
        if (!node.isArray()) {
            return null;
        }
        List<Integer> bytes = new ArrayList<>(node.size());
        node.forEach(b -> bytes.add(b.asInt() & 0xFF));
        return bytes;
    }

    static ArrayNode write(List<Logprobs.Token> tokens) {
        ArrayNode all = JsonTree.NODES.arrayNode(tokens.size());
        for (Logprobs.Token token : tokens) {
            ObjectNode written = all.addObject();
            write(token.chosen(), written);
            ArrayNode top = written.putArray("top_logprobs");
            token.top().forEach(candidate -> write(candidate, top.addObject()));
        }
        return all;
    }

    /** The bytes are demanded: where nobody stated them they are those of the token's text. */
    private static void write(Logprobs.Candidate candidate, ObjectNode into) {
        into.put("token", candidate.token()).put("logprob", finite(candidate.logprob()));
        ArrayNode bytes = into.putArray("bytes");
        if (candidate.bytes() != null) {
            candidate.bytes().forEach(bytes::add);
        } else {
            for (byte b : candidate.token().getBytes(StandardCharsets.UTF_8)) {
                bytes.add(b & 0xFF);
            }
        }
    }

    /** JSON has no infinity; OpenAI writes -9999 for what is impossible. */
    private static double finite(double logprob) {
        return Double.isFinite(logprob) ? logprob : -9999;
    }
}
