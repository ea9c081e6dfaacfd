package dev.serai.dialect.anthropic;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.conversation.CacheMark;
import dev.serai.conversation.Extra;
import dev.serai.dialect.CodecException;
import dev.serai.dialect.JsonMembers;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code cache_control}, read and written. */
final class CacheMarks {
    private static final String NAME = "cache_control";

    private CacheMarks() {}

    /** The mark of an object. One of another type or duration stays an extra of the object. */
    static @Nullable CacheMark read(JsonMembers object, List<Extra> extras) throws CodecException {
        JsonMembers mark = object.object(NAME);
        if (mark == null) {
            return null;
        }
        String type = mark.text("type");
        String duration = mark.text("ttl");
        if (!"ephemeral".equals(type) || !(duration == null || duration.equals("5m") || duration.equals("1h"))) {
            object.leave(NAME);
            return null;
        }
        mark.leftOver(AnthropicMessagesCodec.DIALECT, extras);
        return "1h".equals(duration) ? CacheMark.ONE_HOUR : CacheMark.FIVE_MINUTES;
    }

    static void write(@Nullable CacheMark mark, ObjectNode object) {
        if (mark == null) {
            return;
        }
        ObjectNode written = object.putObject(NAME).put("type", "ephemeral");
        if (mark == CacheMark.ONE_HOUR) {
            written.put("ttl", "1h");
        }
    }
}
