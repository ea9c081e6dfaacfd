package dev.serai.conversation;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects one block of a stream. */
final class BlockBuilder {
    private final Block kind;
    private final StringBuilder text = new StringBuilder();
    private final List<String> audio = new ArrayList<>();
    private final List<Citation> citations = new ArrayList<>();
    private @Nullable Signature signature;

    BlockBuilder(Block kind) {
        this.kind = kind;
    }

    void add(String more) {
        text.append(more);
    }

    void addAudio(String base64) {
        if (!base64.isEmpty()) {
            audio.add(base64);
        }
    }

    void sign(Signature by) {
        signature = by;
    }

    void cite(Citation citation) {
        citations.add(citation);
    }

    Content build() {
        if (kind instanceof Block.Whole whole) {
            return whole.content();
        }
        if (kind instanceof Block.Thinking thinking) {
            return new Content.Thinking(text.toString(), thinking.summary(), signature);
        }
        if (kind instanceof Block.ToolCall call) {
            return new Content.ToolCall(call.id(), call.name(), call.kind(), text.toString(), null, signature);
        }
        if (kind instanceof Block.Refusal) {
            return new Content.Refusal(text.toString());
        }
        if (kind instanceof Block.Audio spoken) {
            return new Content.Audio(
                    new Source.Base64(spoken.mediaType(), sound()),
                    text.isEmpty() ? null : text.toString(),
                    spoken.id());
        }
        return new Content.Text(text.toString(), citations, null, signature);
    }

    /** Pieces that are no base64 are joined as they are: it is not for this class to judge what a provider sent. */
    private String sound() {
        if (audio.size() < 2) {
            return String.join("", audio);
        }
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            audio.forEach(piece -> bytes.writeBytes(Base64.getDecoder().decode(piece)));
            return Base64.getEncoder().encodeToString(bytes.toByteArray());
        } catch (IllegalArgumentException e) {
            return String.join("", audio);
        }
    }
}
