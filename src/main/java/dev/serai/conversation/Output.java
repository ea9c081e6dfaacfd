package dev.serai.conversation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the client wants to get. Null and empty mean that it did not say.
 *
 * @param format      see {@link OutputFormat}
 * @param verbosity   Chat: {@code verbosity}. Responses: {@code text.verbosity}
 * @param modalities  Chat: {@code modalities}. Gemini: {@code responseModalities}
 * @param audio       Chat: {@code audio}. Gemini: {@code speechConfig}
 * @param logprobs    whether log probabilities are wanted. Chat: {@code logprobs}. Responses: {@code include} has {@code
 *     message.output_text.logprobs}. Gemini: {@code responseLogprobs}
 * @param topLogprobs for how many of the likeliest tokens, besides the one that was chosen. Chat and Responses: {@code
 *     top_logprobs}. Gemini: {@code logprobs}
 */
public record Output(
        @Nullable OutputFormat format,
        @Nullable Verbosity verbosity,
        List<Modality> modalities,
        @Nullable Speech audio,
        @Nullable Boolean logprobs,
        @Nullable Integer topLogprobs) {

    /** Nothing was said. */
    public static final Output UNSAID = new Output(null, null, List.of(), null, null, null);

    public Output {
        modalities = List.copyOf(modalities);
    }

    public static Output of(OutputFormat format) {
        return new Output(format, null, List.of(), null, null, null);
    }

    /** How much the model shall say. */
    public enum Verbosity {
        LOW,
        MEDIUM,
        HIGH
    }

    /** In what an answer can be given. */
    public enum Modality {
        TEXT,
        IMAGE,
        AUDIO
    }

    /**
     * How the answer shall sound.
     *
     * @param voice  null if not stated
     * @param format such as {@code wav}; null if not stated
     */
    public record Speech(@Nullable String voice, @Nullable String format) {}
}
