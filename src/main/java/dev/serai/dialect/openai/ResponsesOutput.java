package dev.serai.dialect.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.dialect.JsonTree;

/** The {@code output} of an answer as it grows: items take the next place when they open, and are written into it when they are done. */
final class ResponsesOutput {
    private final ResponsesFrames frames;
    private final String base;
    private final ArrayNode items = JsonTree.NODES.arrayNode();

    /** @param base what tells the ids of these items from those of other answers */
    ResponsesOutput(ResponsesFrames frames, String base) {
        this.frames = frames;
        this.base = base;
    }

    ResponsesFrames frames() {
        return frames;
    }

    int nextIndex() {
        return items.size();
    }

    String id(String prefix) {
        return prefix + "_" + base + "_" + items.size();
    }

    /** Opens an item: {@code response.output_item.added}. */
    void open(JsonNode item) {
        int index = items.size();
        items.add(NullNode.instance);
        item("response.output_item.added", index, item);
    }

    /** An item is done: {@code response.output_item.done}. What is changed in it later counts for the whole answer. */
    void close(int index, JsonNode item) {
        items.set(index, item);
        item("response.output_item.done", index, item);
    }

    private void item(String type, int index, JsonNode item) {
        if (frames.isWanted()) {
            frames.begin(type).number("output_index", index).raw("item", JsonTree.text(item));
        }
        frames.end(type);
    }

    /** An item that comes in one piece. */
    void whole(ObjectNode item) {
        int index = items.size();
        open(item);
        close(index, item);
    }

    /** Begins an event about an item. */
    ResponsesFrames about(String type, String itemId, int index) {
        return frames.begin(type).text("item_id", itemId).number("output_index", index);
    }

    /** The items that are done, in their order. */
    ArrayNode done() {
        ArrayNode done = items.arrayNode(items.size());
        for (JsonNode item : items) {
            if (!item.isNull()) {
                done.add(item);
            }
        }
        return done;
    }
}
