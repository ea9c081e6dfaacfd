package dev.serai.dialect.openai;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.dialect.JsonTree;

/** A {@code reasoning} item as it is written: its text is one part, of the summary or of the content. Not thread-safe. */
final class ResponsesThinkingItem {
    private enum Part {
        NONE,
        OPEN
    }

    private final ResponsesOutput output;
    private final boolean summary;
    private final String id;
    private final int index;
    private final StringBuilder text = new StringBuilder();
    private Part part = Part.NONE;

    ResponsesThinkingItem(ResponsesOutput output, boolean summary) {
        this.output = output;
        this.summary = summary;
        this.id = output.id(ResponsesReasoningItem.OWN_ID);
        this.index = output.nextIndex();
        output.open(json(""));
    }

    private ObjectNode json(String encrypted) {
        ObjectNode item = JsonTree.NODES.objectNode().put("id", id).put("type", "reasoning");
        ArrayNode parts = item.putArray("summary");
        if (!summary) {
            parts = item.putArray("content");
        }
        if (part == Part.OPEN) {
            parts.add(part());
        }
        if (!encrypted.isEmpty()) {
            item.put("encrypted_content", encrypted);
        }
        return item;
    }

    private ObjectNode part() {
        return JsonTree.NODES
                .objectNode()
                .put("type", summary ? "summary_text" : "reasoning_text")
                .put("text", text.toString());
    }

    private ResponsesFrames about(String type) {
        return output.about(type, id, index).number(summary ? "summary_index" : "content_index", 0);
    }

    void add(String more) {
        if (part == Part.NONE) {
            part("added");
            part = Part.OPEN;
        }
        text.append(more);
        String type = summary ? "response.reasoning_summary_text.delta" : "response.reasoning_text.delta";
        about(type).text("delta", more).end(type);
    }

    /** @param encrypted empty for an item that is not signed */
    void close(String encrypted) {
        if (part == Part.OPEN) {
            String type = summary ? "response.reasoning_summary_text.done" : "response.reasoning_text.done";
            about(type).text("text", text).end(type);
            part("done");
        }
        output.close(index, json(encrypted));
    }

    private void part(String step) {
        String type = (summary ? "response.reasoning_summary_part." : "response.content_part.") + step;
        if (output.frames().isWanted()) {
            about(type).raw("part", JsonTree.text(part()));
        }
        output.frames().end(type);
    }
}
