package dev.serai.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Lists the pretend models as OpenAI does, or as Anthropic does for a client that sends {@code anthropic-version}.
 */
final class ListSandboxModels implements Processor {
    /** The models are as old as the sandbox: it was first made then. */
    private static final Instant CREATED = Instant.parse("2026-11-01T00:00:00Z");

    @Override
    public void process(Exchange exchange) {
        boolean anthropic = exchange.getMessage().getHeader("anthropic-version") != null;
        Replies.answer(exchange, anthropic ? anthropic() : openai());
    }

    private static ObjectNode openai() {
        ObjectNode list = Json.object().put("object", "list");
        ArrayNode data = list.putArray("data");
        for (PretendModel model : PretendModel.values()) {
            data.addObject()
                    .put("id", model.id())
                    .put("object", "model")
                    .put("created", CREATED.getEpochSecond())
                    .put("owned_by", "serai-sandbox");
        }
        return list;
    }

    private static ObjectNode anthropic() {
        ObjectNode list = Json.object();
        ArrayNode data = list.putArray("data");
        for (PretendModel model : PretendModel.values()) {
            data.addObject()
                    .put("type", "model")
                    .put("id", model.id())
                    .put("display_name", "Serai's sandbox: " + model.description())
                    .put("created_at", CREATED.toString())
                    .put("lifecycle", "active");
        }
        list.put("first_id", data.path(0).path("id").asText());
        list.put("last_id", data.path(data.size() - 1).path("id").asText());
        return list.put("has_more", false);
    }
}
