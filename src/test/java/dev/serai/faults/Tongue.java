package dev.serai.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A dialect as its two ends write and read it: answers of sixty words, and what a client makes of one. */
enum Tongue {
    CHAT("openai-chat", "/v1/chat/completions", "[DONE]", "\"finish_reason\":\"stop\"") {
        @Override
        String whole(String text) {
            return """
                    {"id":"c-1","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"message":\
                    {"role":"assistant","content":"%s"},"finish_reason":"stop"}],\
                    "usage":{"prompt_tokens":10,"completion_tokens":60,"total_tokens":70}}""".formatted(text);
        }

        @Override
        List<String> events(List<String> words) {
            List<String> events = new ArrayList<>();
            events.add(chunk("\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"},"
                    + "\"finish_reason\":null}]"));
            words.forEach(word -> events.add(chunk(
                    "\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + word + "\"},\"finish_reason\":null}]")));
            events.add(chunk("\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]"));
            events.add(chunk("\"choices\":[],\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":60,"
                    + "\"total_tokens\":70}"));
            events.add("data: [DONE]\n\n");
            return events;
        }

        private static String chunk(String members) {
            return "data: {\"id\":\"c-1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\"," + members
                    + "}\n\n";
        }

        @Override
        String textOf(JsonNode answer) {
            return answer.path("choices")
                    .path(0)
                    .path("message")
                    .path("content")
                    .asText();
        }

        @Override
        String deltaOf(JsonNode event) {
            return event.path("choices").path(0).path("delta").path("content").asText();
        }

        @Override
        String error(String code, String message) {
            return "{\"error\":{\"message\":\"" + message + "\",\"type\":\"" + code + "\",\"param\":null,\"code\":\""
                    + code + "\"}}";
        }

        @Override
        boolean isError(JsonNode said) {
            return said.path("error").path("message").isTextual()
                    && said.path("error").path("type").isTextual();
        }
    },

    MESSAGES("anthropic-messages", "/v1/messages", "message_stop", "\"stop_reason\":\"end_turn\"") {
        @Override
        String whole(String text) {
            return """
                    {"id":"msg-1","type":"message","role":"assistant","model":"m","content":\
                    [{"type":"text","text":"%s"}],"stop_reason":"end_turn","stop_sequence":null,\
                    "usage":{"input_tokens":10,"output_tokens":60}}""".formatted(text);
        }

        @Override
        List<String> events(List<String> words) {
            List<String> events = new ArrayList<>();
            events.add(event(
                    "message_start",
                    "\"message\":{\"id\":\"msg-1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"m\","
                            + "\"content\":[],\"stop_reason\":null,\"stop_sequence\":null,"
                            + "\"usage\":{\"input_tokens\":10,\"output_tokens\":1}}"));
            events.add(event("content_block_start", "\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}"));
            words.forEach(word -> events.add(event(
                    "content_block_delta",
                    "\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"" + word + "\"}")));
            events.add(event("content_block_stop", "\"index\":0"));
            events.add(
                    event(
                            "message_delta",
                            "\"delta\":{\"stop_reason\":\"end_turn\",\"stop_sequence\":null},\"usage\":{\"output_tokens\":60}"));
            events.add(event("message_stop", ""));
            return events;
        }

        private static String event(String type, String members) {
            return "event: " + type + "\ndata: {\"type\":\"" + type + "\"" + (members.isEmpty() ? "" : "," + members)
                    + "}\n\n";
        }

        @Override
        String textOf(JsonNode answer) {
            return answer.path("content").path(0).path("text").asText();
        }

        @Override
        String deltaOf(JsonNode event) {
            return event.path("delta").path("text").asText();
        }

        @Override
        String error(String code, String message) {
            return "{\"type\":\"error\",\"error\":{\"type\":\"" + code + "\",\"message\":\"" + message + "\"}}";
        }

        @Override
        boolean isError(JsonNode said) {
            return said.path("type").asText().equals("error")
                    && said.path("error").path("message").isTextual()
                    && said.path("error").path("type").isTextual();
        }
    };

    private static final int WORDS = 60;
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The dialect's id. */
    final String id;

    /** Where it is spoken. */
    final String path;

    /** What ends a stream; a provider may forget it. */
    final String terminal;

    /** What a stream has that is whole. */
    final String finish;

    Tongue(String id, String path, String terminal, String finish) {
        this.id = id;
        this.path = path;
        this.terminal = terminal;
        this.finish = finish;
    }

    /** Sixty words, each with the name of who says it. */
    static List<String> words(String speaker) {
        return IntStream.rangeClosed(1, WORDS)
                .mapToObj(number -> speaker + "-" + number + " ")
                .toList();
    }

    static String text(String speaker) {
        return String.join("", words(speaker));
    }

    Tongue other() {
        return this == CHAT ? MESSAGES : CHAT;
    }

    abstract String whole(String text);

    abstract List<String> events(List<String> words);

    abstract String textOf(JsonNode answer);

    abstract String deltaOf(JsonNode event);

    /** The body of an error. */
    abstract String error(String code, String message);

    abstract boolean isError(JsonNode said);

    String errorEvent(String code, String message) {
        return (this == MESSAGES ? "event: error\n" : "") + "data: " + error(code, message) + "\n\n";
    }

    String request(String model, String fallback, boolean streamed) {
        String others = fallback.isEmpty() ? "" : "\"models\":[\"" + fallback + "\"],";
        return "{\"model\":\"" + model + "\"," + others + "\"stream\":" + streamed
                + ",\"max_tokens\":200,\"messages\":[{\"role\":\"user\",\"content\":\"Count.\"}]}";
    }

    /** What a client has read, put together. */
    String textOfStream(String body) throws IOException {
        StringBuilder text = new StringBuilder();
        for (String data : data(body)) {
            if (data.startsWith("{")) {
                text.append(deltaOf(JSON.readTree(data)));
            }
        }
        return text.toString();
    }

    /** Whether the last thing that a stream says is an error. */
    boolean endsWithError(String body) throws IOException {
        List<String> data = data(body);
        String last = data.isEmpty() ? "" : data.get(data.size() - 1);
        return last.startsWith("{") && isError(JSON.readTree(last));
    }

    static JsonNode json(String body) throws IOException {
        return JSON.readTree(body);
    }

    private static List<String> data(String body) {
        return body.lines()
                .filter(line -> line.startsWith("data:"))
                .map(line -> line.substring("data:".length()).strip())
                .collect(Collectors.toList());
    }
}
