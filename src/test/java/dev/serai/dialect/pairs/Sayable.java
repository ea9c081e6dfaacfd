package dev.serai.dialect.pairs;

import dev.serai.conversation.FinishReason;
import dev.serai.conversation.Usage;

/** What is left of usage and of finish reasons in a dialect that has fewer words for them. */
final class Sayable {
    private Sayable() {}

    /** Sums are never changed; a kind for which a dialect has no count goes into the one that contains it. Searches are not told. */
    static Usage usage(Usage stated, Wire client) {
        return switch (client) {
            case CHAT, RESPONSES ->
                new Usage(
                                stated.input(),
                                stated.cacheRead(),
                                stated.cacheWrite5m() + stated.cacheWrite1h(),
                                0,
                                stated.inputAudio(),
                                stated.output(),
                                stated.reasoning(),
                                stated.outputAudio())
                        .withImages(stated.inputImage(), stated.outputImage());
            case MESSAGES ->
                new Usage(
                        stated.input() + stated.inputAudio() + stated.inputImage(),
                        stated.cacheRead(),
                        stated.cacheWrite5m(),
                        stated.cacheWrite1h(),
                        0,
                        stated.output() + stated.outputAudio() + stated.outputImage(),
                        stated.reasoning(),
                        0);
            case GEMINI ->
                new Usage(
                                stated.input() + stated.cacheWrite5m() + stated.cacheWrite1h(),
                                stated.cacheRead(),
                                0,
                                0,
                                stated.inputAudio(),
                                stated.output(),
                                stated.reasoning(),
                                stated.outputAudio())
                        .withImages(stated.inputImage(), stated.outputImage());
        };
    }

    /**
     * What a client of this dialect reads.
     *
     * @param calls   whether the answer calls a tool
     * @param refuses whether it holds words of refusal
     */
    static FinishReason reason(FinishReason reason, boolean calls, boolean refuses, Wire client) {
        return switch (reason) {
            case STOP, MAX_TOKENS, TOOL_CALLS -> reason;
            case CONTENT_FILTER -> client == Wire.MESSAGES ? FinishReason.REFUSAL : reason;
            case REFUSAL ->
                client == Wire.MESSAGES || (refuses && client != Wire.GEMINI) ? reason : FinishReason.CONTENT_FILTER;
            case CONTEXT_FULL -> client == Wire.MESSAGES ? reason : FinishReason.MAX_TOKENS;
            case STOP_SEQUENCE, PAUSED -> client == Wire.MESSAGES ? reason : FinishReason.STOP;
            case MALFORMED_TOOL_CALL -> malformed(calls, client);
            case OTHER -> client == Wire.GEMINI ? reason : FinishReason.STOP;
        };
    }

    private static FinishReason malformed(boolean calls, Wire client) {
        if (client == Wire.GEMINI) {
            return FinishReason.MALFORMED_TOOL_CALL;
        }
        return calls ? FinishReason.TOOL_CALLS : FinishReason.STOP;
    }
}
