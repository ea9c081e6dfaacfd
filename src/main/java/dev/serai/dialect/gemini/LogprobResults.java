package dev.serai.dialect.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.conversation.Logprobs;
import dev.serai.conversation.Logprobs.Candidate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code logprobsResult}, both ways. Google numbers its tokens and does not say their bytes. */
final class LogprobResults {
    private LogprobResults() {}

    /** Null if it says nothing. */
    static @Nullable Logprobs decode(@Nullable JsonNode result) {
        if (result == null || !result.path("chosenCandidates").isArray()) {
            return null;
        }
        JsonNode top = result.path("topCandidates");
        List<Logprobs.Token> tokens = new ArrayList<>();
        int step = 0;
        for (JsonNode chosen : result.path("chosenCandidates")) {
            List<Candidate> likeliest = new ArrayList<>();
            top.path(step++).path("candidates").forEach(candidate -> likeliest.add(candidate(candidate)));
            tokens.add(new Logprobs.Token(candidate(chosen), likeliest));
        }
        return tokens.isEmpty() ? null : new Logprobs(tokens, List.of());
    }

    private static Candidate candidate(JsonNode candidate) {
        return new Candidate(
                candidate.path("token").asText(""),
                candidate.path("logProbability").doubleValue(),
                null);
    }

    static ObjectNode encode(Logprobs logprobs) {
        ObjectNode result = Json.object();
        ArrayNode top = result.putArray("topCandidates");
        ArrayNode chosen = result.putArray("chosenCandidates");
        for (Logprobs.Token token : logprobs.content()) {
            chosen.add(candidate(token.chosen()));
            ArrayNode likeliest = top.addObject().putArray("candidates");
            token.top().forEach(candidate -> likeliest.add(candidate(candidate)));
        }
        return result;
    }

    private static ObjectNode candidate(Candidate candidate) {
        return Json.object().put("token", candidate.token()).put("logProbability", candidate.logprob());
    }
}
