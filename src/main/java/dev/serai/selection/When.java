package dev.serai.selection;

import dev.serai.dialect.RequestNeeds;
import dev.serai.dialect.RequestNeeds.Input;
import java.util.function.LongPredicate;
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
        @Nullable LongPredicate context) {
    /** For any request. */
    public static final When ALWAYS = new When(null, null, null, null, null, null);

    boolean holds(RequestNeeds needs) {
        return (tools == null || tools == needs.tools())
                && holds(vision, Input.IMAGE, needs)
                && holds(audio, Input.AUDIO, needs)
                && holds(documents, Input.DOCUMENT, needs)
                && (schema == null || schema == needs.schema())
                && (context == null || context.test(needs.tokensAbout()));
    }

    private static boolean holds(@Nullable Boolean asked, Input input, RequestNeeds needs) {
        return asked == null || asked == needs.inputs().contains(input);
    }
}
