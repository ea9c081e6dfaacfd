package dev.serai.conversation;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One turn of a conversation.
 *
 * <p>A decoder keeps the order of what the client sent, instructions in the middle included. Where a dialect has items instead of
 * messages (Responses), or a message for each result of a tool (Chat), it puts neighbours of one role into one message: calls with
 * the assistant's words before them, results with each other.
 *
 * @param contents may be empty
 * @param name     of the participant (Chat: {@code name}); null if not stated
 */
public record Message(
        Role role, List<Content> contents, @Nullable String name) {
    public Message {
        contents = List.copyOf(contents);
    }

    public Message(Role role, List<Content> contents) {
        this(role, contents, null);
    }

    public static Message of(Role role, String text) {
        return new Message(role, List.of(new Content.Text(text)));
    }

    /** The same with one more content at its end. */
    public Message with(Content more) {
        return plus(List.of(more));
    }

    /**
     * The same conversation without empty messages and without neighbours of the same role and name: their contents are joined, in
     * order. For targets that demand that roles alternate, and for comparing what two dialects say.
     */
    public static List<Message> joined(List<Message> messages) {
        List<Message> joined = new ArrayList<>(messages.size());
        for (Message message : messages) {
            int last = joined.size() - 1;
            if (message.contents.isEmpty()) {
                continue;
            }
            if (last >= 0 && joined.get(last).isOfSameParticipant(message)) {
                joined.set(last, joined.get(last).plus(message.contents));
            } else {
                joined.add(message);
            }
        }
        return List.copyOf(joined);
    }

    private boolean isOfSameParticipant(Message other) {
        return role == other.role && Objects.equals(name, other.name);
    }

    private Message plus(List<Content> more) {
        List<Content> all = new ArrayList<>(contents);
        all.addAll(more);
        return new Message(role, all, name);
    }
}
