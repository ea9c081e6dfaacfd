package dev.serai.dialect.openai;

import dev.serai.conversation.Content;
import dev.serai.conversation.Message;
import dev.serai.conversation.Role;
import dev.serai.conversation.Signature;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts items together into messages: what the model did in one turn is one message, and so are the results that follow each other. Two
 * messages of the model side by side stay two, because parts of one message are something else. Counts the items that an encoder makes
 * of it. Not thread-safe.
 */
final class ResponsesTurns {
    private enum Open {
        NOTHING,
        /** The turn of the model; its last item was a message. */
        WORDS,
        /** The turn of the model; its last item was anything else. */
        DEEDS,
        RESULTS
    }

    private final List<Message> messages = new ArrayList<>();
    private final List<Content> turn = new ArrayList<>();
    private Open open = Open.NOTHING;
    private int items;

    /** The number of the item that comes next. */
    int nextItem() {
        return items;
    }

    boolean isEmpty() {
        return messages.isEmpty() && open == Open.NOTHING;
    }

    void message(Role role, List<Content> contents) {
        items += isEmpty() && isInstructions(role, contents) ? 0 : 1;
        if (role == Role.ASSISTANT) {
            if (open != Open.DEEDS) {
                close();
            }
            turn.addAll(contents);
            open = Open.WORDS;
        } else {
            close();
            messages.add(new Message(role, contents));
        }
    }

    /** One other item of what the model said or did. */
    void said(Content... contents) {
        if (open == Open.RESULTS) {
            close();
        }
        items++;
        turn.addAll(List.of(contents));
        open = Open.DEEDS;
    }

    /** What came back from a tool, or in answer to what the model did. */
    void result(Content content) {
        if (open != Open.RESULTS) {
            close();
        }
        items++;
        turn.add(content);
        open = Open.RESULTS;
    }

    void opaque(Role role, Content.Opaque content) {
        if (role == Role.USER) {
            result(content);
        } else {
            said(content);
        }
    }

    /** Signs the text that the model said last; nothing if it said something else. */
    void signText(Signature signature) {
        int last = turn.size() - 1;
        if (open == Open.WORDS && turn.get(last) instanceof Content.Text text) {
            turn.set(last, new Content.Text(text.text(), text.citations(), text.cache(), signature));
            // Words that follow are a message of their own again, of the same turn.
            open = Open.DEEDS;
        }
    }

    /** Signs a call of this turn; nothing if it is not there. */
    void signCall(String id, Signature signature) {
        for (int i = 0; i < turn.size(); i++) {
            if (turn.get(i) instanceof Content.ToolCall call && call.id().equals(id)) {
                turn.set(
                        i,
                        new Content.ToolCall(id, call.name(), call.kind(), call.arguments(), call.cache(), signature));
            }
        }
    }

    List<Message> messages() {
        close();
        return messages;
    }

    private void close() {
        if (open != Open.NOTHING) {
            messages.add(new Message(open == Open.RESULTS ? Role.USER : Role.ASSISTANT, turn));
            turn.clear();
            open = Open.NOTHING;
        }
    }

    /** Whether the first message is what an encoder writes as {@code instructions}. */
    static boolean isInstructions(Role role, List<Content> contents) {
        return role == Role.SYSTEM
                && contents.size() == 1
                && contents.get(0) instanceof Content.Text text
                && text.citations().isEmpty()
                && text.cache() == null
                && text.signature() == null;
    }
}
