package dev.serai.dialect;

import dev.serai.dialect.ReplyContext.Framing;
import dev.serai.json.JsonDocument;
import java.util.List;

/**
 * What routing needs to know of a request; the rest stays in its JSON.
 *
 * @param dialect    the id of the dialect it was written in
 * @param models     model names in the order to try: its own model, then its fallbacks; duplicates removed, never empty
 * @param stream     whether the client wants a stream
 * @param wantsUsage whether the client asked to see usage in the stream; meaningful only where the dialect makes it a
 *     choice
 * @param body       the request as it came
 * @param framing    how the client wants a stream written; meaningful only if it wants one
 */
public record ModelRequest(
        String dialect, List<String> models, boolean stream, boolean wantsUsage, JsonDocument body, Framing framing) {
    public ModelRequest {
        models = List.copyOf(models);
        if (models.isEmpty()) {
            throw new IllegalArgumentException("a request names at least one model");
        }
    }

    /** A request whose stream, if it wants one, is of server-sent events. */
    public ModelRequest(String dialect, List<String> models, boolean stream, boolean wantsUsage, JsonDocument body) {
        this(dialect, models, stream, wantsUsage, body, Framing.SSE);
    }

    /** The same question in other words: wherever its body was changed, what routing knows of it stays. */
    public ModelRequest with(JsonDocument changed) {
        return new ModelRequest(dialect, models, stream, wantsUsage, changed, framing);
    }
}
