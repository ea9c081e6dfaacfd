package dev.serai.dialect.openai;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The items of a streamed answer. Events name theirs by its place in the output, because some providers change the ids on the way; where
 * they leave it out, by its id; else the last item is meant. An item that was never announced opens with what is first said of it. Not
 * thread-safe.
 */
final class ResponsesItems {
    private final ResponsesEmission emission;
    private final String model;
    private final List<ResponsesItemReading> all = new ArrayList<>();
    private final Map<Integer, ResponsesItemReading> byPlace = new HashMap<>();
    private final Map<String, ResponsesItemReading> byId = new HashMap<>();

    ResponsesItems(ResponsesEmission emission, String model) {
        this.emission = emission;
        this.model = model;
    }

    /** Takes an event that is about an item; progress of what the provider runs itself says nothing. */
    void on(String type, JsonNode event) {
        switch (type) {
            case "response.output_item.added" -> added(event);
            case "response.output_item.done" -> done(event);
            case "response.content_part.added" -> partAdded(event);
            case "response.content_part.done" -> partDone(event);
            case "response.output_text.delta",
                    "response.output_text.done",
                    "response.output_text.annotation.added",
                    "response.refusal.delta",
                    "response.refusal.done" -> words(type, event);
            case "response.reasoning_summary_text.delta" -> thought(event, true, false);
            case "response.reasoning_summary_text.done" -> thought(event, true, true);
            case "response.reasoning_text.delta" -> thought(event, false, false);
            case "response.reasoning_text.done" -> thought(event, false, true);
            case "response.function_call_arguments.delta" -> called(event, "function_call", "delta", false);
            case "response.function_call_arguments.done" -> called(event, "function_call", "arguments", true);
            case "response.custom_tool_call_input.delta" -> called(event, "custom_tool_call", "delta", false);
            case "response.custom_tool_call_input.done" -> called(event, "custom_tool_call", "input", true);
            default -> {}
        }
    }

    /** The answer is whole: tells what is still to be told, and closes what is open. */
    void end(JsonNode output) {
        for (int i = 0; i < output.size(); i++) {
            JsonNode item = output.path(i);
            if (!item.isObject()) {
                continue;
            }
            ResponsesItemReading reading =
                    i < all.size() ? all.get(i) : open(item.path("type").asText(), item);
            reading.done(item);
        }
        all.forEach(ResponsesItemReading::cutOff);
    }

    private ResponsesItemReading open(String type, JsonNode item) {
        ResponsesItemReading reading = ResponsesItemReading.of(type, item, emission, model, all.size());
        all.add(reading);
        return reading;
    }

    private void added(JsonNode event) {
        JsonNode item = event.path("item");
        ResponsesItemReading before = byPlace.get(place(event));
        if (before != null) {
            before.cutOff(); // a provider that gives every item the same place
        }
        name(event, item, open(item.path("type").asText(), item));
    }

    private void name(JsonNode event, JsonNode item, ResponsesItemReading reading) {
        byPlace.put(place(event), reading);
        String id = item.path("id").asText(event.path("item_id").asText());
        if (!id.isEmpty()) {
            byId.put(id, reading);
        }
    }

    private int place(JsonNode event) {
        JsonNode place = event.path("output_index");
        return place.isInt() ? place.intValue() : -1 - all.size();
    }

    private void done(JsonNode event) {
        JsonNode item = event.path("item");
        ResponsesItemReading reading = find(event, item.path("id").asText());
        boolean isAnother = reading == null
                || (reading.isDone() && !reading.equals(byId.get(item.path("id").asText())));
        if (isAnother) {
            reading = open(item.path("type").asText(), item);
            name(event, item, reading);
        }
        if (reading != null) {
            reading.done(item);
        }
    }

    private @Nullable ResponsesItemReading find(JsonNode event, String id) {
        JsonNode place = event.path("output_index");
        ResponsesItemReading reading = place.isInt() ? byPlace.get(place.intValue()) : null;
        if (reading == null && !id.isEmpty()) {
            reading = byId.get(id);
        }
        boolean unnamed = !place.isInt() && id.isEmpty();
        return reading == null && unnamed && !all.isEmpty() ? all.get(all.size() - 1) : reading;
    }

    /** The item that an event is about, which opens if it was not announced. */
    private ResponsesItemReading item(JsonNode event, String type) {
        ResponsesItemReading reading = find(event, event.path("item_id").asText());
        if (reading == null) {
            reading = open(type, event.path("item"));
            name(event, event.path("item"), reading);
        }
        return reading;
    }

    private void partAdded(JsonNode event) {
        boolean thinks = event.path("part").path("type").asText().startsWith("reasoning");
        if (item(event, thinks ? "reasoning" : "message") instanceof ResponsesMessageReading message) {
            message.partAdded(index(event, "content_index"), event.path("part"));
        }
    }

    private void partDone(JsonNode event) {
        boolean thinks = event.path("part").path("type").asText().startsWith("reasoning");
        if (item(event, thinks ? "reasoning" : "message") instanceof ResponsesMessageReading message) {
            message.partDone(index(event, "content_index"), event.path("part"));
        }
    }

    private static int index(JsonNode event, String name) {
        return Math.max(0, event.path(name).asInt());
    }

    private void words(String type, JsonNode event) {
        if (!(item(event, "message") instanceof ResponsesMessageReading message)) {
            return;
        }
        int place = index(event, "content_index");
        switch (type) {
            case "response.output_text.delta" -> {
                message.text(place).add(event.path("delta").asText());
                message.text(place).addLogprobs(event.path("logprobs"));
            }
            case "response.output_text.done" -> {
                message.text(place).whole(event.path("text").asText());
                message.text(place).allLogprobs(event.path("logprobs"));
            }
            case "response.refusal.delta" ->
                message.refusal(place).add(event.path("delta").asText());
            case "response.refusal.done" ->
                message.refusal(place).whole(event.path("refusal").asText());
            default -> message.text(place).cite(event.path("annotation"));
        }
    }

    private void thought(JsonNode event, boolean summary, boolean whole) {
        if (item(event, "reasoning") instanceof ResponsesThinkingReading thinking) {
            int part = index(event, summary ? "summary_index" : "content_index");
            if (whole) {
                thinking.whole(summary, part, event.path("text").asText());
            } else {
                thinking.add(summary, part, event.path("delta").asText());
            }
        }
    }

    private void called(JsonNode event, String type, String member, boolean whole) {
        if (item(event, type) instanceof ResponsesCallReading call) {
            String text = event.path(member).asText();
            if (whole) {
                call.whole(text);
            } else {
                call.add(text);
            }
        }
    }
}
