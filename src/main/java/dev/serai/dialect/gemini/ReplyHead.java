package dev.serai.dialect.gemini;

import dev.serai.conversation.ServiceTier;
import dev.serai.dialect.CodecException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** What a reply, or the first piece of one, says of itself. */
record ReplyHead(String id, String model, @Nullable Long createdEpochSeconds) {
    static ReplyHead decode(Members reply) throws CodecException {
        String id = reply.text("responseId");
        String model = reply.text("modelVersion");
        String created = reply.text("createTime");
        return new ReplyHead(
                id == null ? "" : id, model == null ? "" : model, created == null ? null : seconds(created));
    }

    private static @Nullable Long seconds(String time) {
        try {
            return Instant.parse(time).getEpochSecond();
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    /** The tier that the usage names; null if it names none. */
    static @Nullable ServiceTier tier(Members reply) {
        var usage = reply.any("usageMetadata");
        String word = usage == null ? null : usage.path("serviceTier").textValue();
        return word == null ? null : ServiceTiers.decode(word);
    }
}
