package dev.serai.sandbox;

import dev.serai.sandbox.Script.Answer;
import java.util.Locale;

/**
 * One playing of an answer.
 *
 * @param id             unique, to follow the prefix of whichever kind of id a dialect wants
 * @param createdSeconds since the epoch
 */
record Take(Ask ask, Answer answer, String id, long createdSeconds) {
    /** The model by its proper id. */
    String model() {
        return ask.model().toLowerCase(Locale.ROOT);
    }

    int inputTokens() {
        return ask.inputWords();
    }

    int outputTokens() {
        return answer.tokens();
    }
}
