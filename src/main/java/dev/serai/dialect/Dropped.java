package dev.serai.dialect;

import dev.serai.conversation.Content;
import dev.serai.conversation.Extra;
import dev.serai.conversation.Tool;

/**
 * Something that the target's dialect cannot say and that was left out, or said in other words that mean less.
 *
 * @param name   without spaces and commas, for a header: that of a {@link Feature}, or a field as its own dialect names it
 * @param reason in one line, for logs and for the refusal when the account asks for strictness
 */
public record Dropped(String name, String reason) {
    public static Dropped of(Feature feature, String reason) {
        return new Dropped(feature.label(), reason);
    }

    public static Dropped of(Extra extra) {
        return new Dropped(extra.name(), "a field of " + extra.dialect());
    }

    public static Dropped of(Content.Opaque content) {
        return new Dropped(content.kind(), "content that only " + content.dialect() + " knows");
    }

    public static Dropped of(Tool.BuiltIn tool) {
        return new Dropped(tool.type(), "a tool that only " + tool.dialect() + " provides");
    }
}
