package dev.serai.dialect;

import dev.serai.json.JsonDocument;
import dev.serai.json.JsonDocument.Kind;
import org.jspecify.annotations.Nullable;

/** Whether a body with a success status is an answer at all. */
public final class ReplyReading {
    private ReplyReading() {}

    /**
     * Accepts a body that reports no error and has the array in which its dialect puts the answer.
     *
     * @throws UnusableReplyException with the provider's message, or with what is missing
     */
    public static void expectArray(JsonDocument body, String name) throws UnusableReplyException {
        Kind error = body.kind("error");
        if (error != null && error != Kind.NULL) {
            throw new UnusableReplyException(ProviderMessage.of(body));
        }
        if (body.kind(name) != Kind.ARRAY) {
            throw new UnusableReplyException("the provider's reply has no \"" + name + "\" list");
        }
    }

    /**
     * Accepts a body that does not say it is something else.
     *
     * @throws UnusableReplyException if the member is a string other than {@code value}
     */
    public static void expectNothingBut(String value, JsonDocument body, String name) throws UnusableReplyException {
        @Nullable String stated = body.string(name);
        if (stated != null && !stated.equals(value)) {
            throw new UnusableReplyException(
                    "the provider's reply has another \"" + name + "\" than \"" + value + "\"");
        }
    }
}
