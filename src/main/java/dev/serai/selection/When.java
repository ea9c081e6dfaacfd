package dev.serai.selection;

import dev.serai.dialect.RequestNeeds;
import dev.serai.dialect.RequestNeeds.Input;
import org.jspecify.annotations.Nullable;

/**
 * For which requests a member of an alias is meant. What is null is not asked; all that is asked must hold.
 *
 * @param tools     whether the model is offered tools
 * @param vision    whether there is an image
 * @param audio     whether there is audio to listen to
 * @param documents whether there is a PDF
 * @param schema    whether the answer must fit a schema
 * @param context   about how many tokens the input has
 */
public record When(
        @Nullable Boolean tools,
        @Nullable Boolean vision,
        @Nullable Boolean audio,
        @Nullable Boolean documents,
        @Nullable Boolean schema,
        @Nullable Bound context) {
    /**
     * A comparison with a number of tokens.
     *
     * @param operator {@code >=}, {@code >}, {@code <=} or {@code <}
     */
    public record Bound(String operator, long tokens) {
        /** Reads a text such as {@code >= 200000}, which must have this form. */
        static Bound parse(String text) {
            int digits = text.startsWith("=", 1) ? 2 : 1;
            return new Bound(
                    text.substring(0, digits),
                    Long.parseLong(text.substring(digits).strip()));
        }

        boolean holds(long counted) {
            return switch (operator) {
                case ">=" -> counted >= tokens;
                case ">" -> counted > tokens;
                case "<=" -> counted <= tokens;
                default -> counted < tokens;
            };
        }
    }

    /** For any request. */
    public static final When ALWAYS = new When(null, null, null, null, null, null);

    boolean holds(RequestNeeds needs) {
        return (tools == null || tools == needs.tools())
                && holds(vision, Input.IMAGE, needs)
                && holds(audio, Input.AUDIO, needs)
                && holds(documents, Input.DOCUMENT, needs)
                && (schema == null || schema == needs.schema())
                && (context == null || context.holds(needs.tokensAbout()));
    }

    private static boolean holds(@Nullable Boolean asked, Input input, RequestNeeds needs) {
        return asked == null || asked == needs.inputs().contains(input);
    }
}
