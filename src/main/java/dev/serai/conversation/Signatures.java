package dev.serai.conversation;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Removes the signatures that a target's model did not make. */
final class Signatures implements Content.Visitor<List<Content>> {
    private final String dialect;
    private final String model;

    private Signatures(String dialect, String model) {
        this.dialect = dialect;
        this.model = model;
    }

    static List<Message> keep(List<Message> messages, String dialect, String model) {
        Signatures signatures = new Signatures(dialect, model);
        List<Message> kept = new ArrayList<>(messages.size());
        for (Message message : messages) {
            Message signed = signatures.keep(message);
            if (!signed.contents().isEmpty() || message.contents().isEmpty()) {
                kept.add(signed);
            }
        }
        return kept;
    }

    private Message keep(Message message) {
        List<Content> contents = new ArrayList<>(message.contents().size());
        for (Content content : message.contents()) {
            contents.addAll(content.accept(this));
        }
        return new Message(message.role(), contents, message.name());
    }

    private boolean keeps(@Nullable Signature signature) {
        return signature == null || signature.isFor(dialect, model);
    }

    @Override
    public List<Content> text(Content.Text text) {
        return List.of(
                keeps(text.signature()) ? text : new Content.Text(text.text(), text.citations(), text.cache(), null));
    }

    @Override
    public List<Content> image(Content.Image image) {
        return List.of(
                keeps(image.signature())
                        ? image
                        : new Content.Image(image.source(), image.detail(), image.cache(), null));
    }

    @Override
    public List<Content> document(Content.Document document) {
        return List.of(document);
    }

    @Override
    public List<Content> audio(Content.Audio audio) {
        return List.of(audio);
    }

    @Override
    public List<Content> toolCall(Content.ToolCall call) {
        return List.of(
                keeps(call.signature())
                        ? call
                        : new Content.ToolCall(
                                call.id(), call.name(), call.kind(), call.arguments(), call.cache(), null));
    }

    @Override
    public List<Content> toolResult(Content.ToolResult result) {
        return List.of(result);
    }

    @Override
    public List<Content> thinking(Content.Thinking thinking) {
        if (keeps(thinking.signature())) {
            return List.of(thinking);
        }
        return thinking.text().isEmpty()
                ? List.of()
                : List.of(new Content.Thinking(thinking.text(), thinking.summary(), null));
    }

    @Override
    public List<Content> redactedThinking(Content.RedactedThinking thinking) {
        return keeps(thinking.signature()) ? List.of(thinking) : List.of();
    }

    @Override
    public List<Content> refusal(Content.Refusal refusal) {
        return List.of(refusal);
    }

    @Override
    public List<Content> opaque(Content.Opaque opaque) {
        return List.of(opaque);
    }
}
