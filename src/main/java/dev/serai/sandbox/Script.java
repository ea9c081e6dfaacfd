package dev.serai.sandbox;

import dev.serai.error.GatewayError;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a pretend model is going to do, in words of no dialect. */
sealed interface Script {

    /** Exactly one of the functions is called: the exhaustive switch over these types, spelled for Java 17. */
    default <R> R match(Function<Answer, R> answer, Function<Stall, R> stall, Function<Failure, R> failure) {
        if (this instanceof Answer answered) {
            return answer.apply(answered);
        }
        return this instanceof Stall stalled ? stall.apply(stalled) : failure.apply((Failure) this);
    }

    /** It answers, in full. */
    sealed interface Answer extends Script {
        /** The answer in the pieces that a stream sends one by one; made as they are asked for. */
        Stream<String> pieces();

        /** The pause before each piece. */
        long pauseMillis();

        /** Like {@link Script#match}, for the two kinds of answer. */
        default <R> R either(Function<Words, R> words, Function<ToolCall, R> call) {
            return this instanceof Words spoken ? words.apply(spoken) : call.apply((ToolCall) this);
        }

        /** What passes for output tokens. */
        default int tokens() {
            return (int) pieces().count();
        }
    }

    /** A text, word by word. */
    record Words(String text, long pauseMillis) implements Answer {
        private static final Pattern WORD_AND_SPACE = Pattern.compile("\\S+\\s*|\\s+");

        /** The words with the space behind them, so that together they are the text. */
        @Override
        public Stream<String> pieces() {
            return WORD_AND_SPACE.matcher(text).results().map(MatchResult::group);
        }

        static int count(String text) {
            return new Words(text, 0).tokens();
        }
    }

    /** A call of a tool, its arguments as JSON text. */
    record ToolCall(String name, String arguments) implements Answer {
        private static final int PIECES = 4;

        @Override
        public Stream<String> pieces() {
            int codePoints = arguments.codePointCount(0, arguments.length());
            int size = (codePoints + PIECES - 1) / PIECES;
            return Pattern.compile("(?s).{1," + size + "}")
                    .matcher(arguments)
                    .results()
                    .map(MatchResult::group);
        }

        @Override
        public long pauseMillis() {
            return 0;
        }
    }

    /** It begins, then keeps silent, then breaks off. */
    record Stall(Words opening, long silenceMillis) implements Script {}

    /** It refuses or fails before it begins. */
    record Failure(
            int status,
            String code,
            String message,
            @Nullable String param) implements Script {
        GatewayError toError(String requestId) {
            return new GatewayError(status, code, message, param, requestId);
        }
    }
}
