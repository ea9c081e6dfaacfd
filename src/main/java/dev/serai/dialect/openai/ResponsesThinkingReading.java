package dev.serai.dialect.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.conversation.Block;
import dev.serai.conversation.ChatEvent;
import dev.serai.conversation.Signature;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A {@code reasoning} item as it is read: what was thought is one block, its summary another; the last of them is signed. */
final class ResponsesThinkingReading extends ResponsesItemReading {
    private static final String BETWEEN_PARTS = "\n\n";

    /** A part of the item. */
    private record Place(boolean summary, int part) {}

    private final ResponsesEmission emission;
    private final String model;
    private final Map<Place, Integer> received = new HashMap<>();
    private @Nullable ResponsesGrowingBlock block;
    private @Nullable Place last;

    ResponsesThinkingReading(ResponsesEmission emission, String model) {
        this.emission = emission;
        this.model = model;
    }

    void add(boolean summary, int part, String piece) {
        if (piece.isEmpty()) {
            return;
        }
        Place place = new Place(summary, part);
        ResponsesGrowingBlock into = block;
        if (into == null || last == null || last.summary() != summary) {
            into = open(summary);
        } else if (last.part() != part) {
            into.add(BETWEEN_PARTS);
        }
        last = place;
        received.merge(place, piece.length(), Integer::sum);
        into.add(piece);
    }

    private ResponsesGrowingBlock open(boolean summary) {
        close();
        ResponsesGrowingBlock opened =
                new ResponsesGrowingBlock(emission, new Block.Thinking(summary), ChatEvent.ThinkingDelta::new);
        block = opened;
        return opened;
    }

    /** The whole text of a part. */
    void whole(boolean summary, int part, String text) {
        int known = received.getOrDefault(new Place(summary, part), 0);
        if (text.length() > known) {
            add(summary, part, text.substring(known));
        }
    }

    @Override
    void complete(JsonNode item) {
        whole(false, item.path("content"));
        whole(true, item.path("summary"));
        Signature signature = signature(item);
        ResponsesGrowingBlock signed = block;
        boolean worthABlock = signature != null && (!signature.text().isEmpty() || signed == null || signed.isOpen());
        if (signature != null && worthABlock) {
            signed = signed == null ? open(false) : signed;
            signed.tell(number -> new ChatEvent.SignatureAdded(0, number, signature));
        }
        close();
    }

    private void whole(boolean summary, JsonNode parts) {
        for (int i = 0; i < parts.size(); i++) {
            whole(summary, i, parts.path(i).path("text").asText());
        }
    }

    private @Nullable Signature signature(JsonNode item) {
        String encrypted = item.path("encrypted_content").asText();
        String id = item.path("id").asText();
        String known = id.isEmpty() || id.startsWith(ResponsesReasoningItem.OWN_ID) ? null : id;
        return encrypted.isEmpty() && known == null
                ? null
                : new Signature(encrypted, OpenAiResponsesCodec.ID, model, known);
    }

    @Override
    void close() {
        if (block != null) {
            block.end();
        }
    }
}
