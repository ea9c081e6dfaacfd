package dev.serai.dialect.pairs;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.serai.catalog.UsageTotals;
import dev.serai.conversation.Usage;
import dev.serai.dialect.ChatCodec;
import dev.serai.dialect.Codecs;
import dev.serai.dialect.Dialect;
import dev.serai.dialect.ModelRequest;
import dev.serai.dialect.RequestTarget;
import dev.serai.dialect.StreamReading;
import dev.serai.dialect.Translator;
import dev.serai.dialect.anthropic.AnthropicMessages;
import dev.serai.dialect.anthropic.AnthropicMessagesCodec;
import dev.serai.dialect.gemini.Gemini;
import dev.serai.dialect.gemini.GeminiCodec;
import dev.serai.dialect.openai.OpenAiChat;
import dev.serai.dialect.openai.OpenAiChatCodec;
import dev.serai.dialect.openai.OpenAiResponses;
import dev.serai.dialect.openai.OpenAiResponsesCodec;
import dev.serai.json.JsonDocument;
import dev.serai.json.JsonException;
import dev.serai.sse.SseException;
import dev.serai.sse.SseReader;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The dialects of conversations, by the short names that files carry here. */
@SuppressWarnings("ImmutableEnumChecker") // dialects and codecs are stateless by contract
enum Wire {
    CHAT(new OpenAiChat(), new OpenAiChatCodec(), "Chat Completions", "gpt-5-mini"),
    RESPONSES(new OpenAiResponses(), new OpenAiResponsesCodec(), "Responses", "gpt-5-mini"),
    MESSAGES(new AnthropicMessages(), new AnthropicMessagesCodec(), "Messages", "claude-sonnet-4-5"),
    GEMINI(new Gemini(), new GeminiCodec(), "Gemini", "gemini-2.5-flash");

    static final Translator TRANSLATOR = new Translator(
            new Codecs(Stream.of(values()).map(wire -> wire.codec).toList(), List.of()));

    final Dialect dialect;
    final ChatCodec codec;
    final String title;

    /** What a provider of this dialect is asked for. */
    final String model;

    Wire(Dialect dialect, ChatCodec codec, String title, String model) {
        this.dialect = dialect;
        this.codec = codec;
        this.title = title;
        this.model = model;
    }

    /** As in the names of files. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    List<Wire> others() {
        return Arrays.stream(values()).filter(wire -> wire != this).toList();
    }

    /** A request of a client, as the gateway reads it. */
    ModelRequest request(byte[] body, boolean stream) {
        String method = stream ? "streamGenerateContent" : "generateContent";
        try {
            return dialect.readRequest(
                    JsonDocument.parse(body), new RequestTarget("/v1beta/models/" + model + ":" + method, "sse"));
        } catch (JsonException e) {
            throw new IllegalArgumentException(e);
        }
    }

    ModelRequest request(String body, boolean stream) {
        return request(body.getBytes(UTF_8), stream);
    }

    /** As the way for clients and providers of the same dialect reads it, in which no codec has a part. */
    Usage usageOfStream(byte[] stream) {
        StreamReading reading = dialect.openStream(request(question(true), true), UsageTotals.of(dialect.id()));
        try {
            new SseReader(32 << 20).feed(stream, event -> reading.on(event, (bytes, from, to) -> {}));
        } catch (SseException e) {
            throw new IllegalArgumentException(e);
        }
        return reading.usage();
    }

    /** A short question, streamed or not. */
    String question(boolean stream) {
        String wanted = stream ? ",\"stream\":true" : "";
        return switch (this) {
            case CHAT ->
                "{\"model\":\"asked\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]" + wanted
                        + (stream ? ",\"stream_options\":{\"include_usage\":true}}" : "}");
            case RESPONSES -> "{\"model\":\"asked\",\"input\":\"Hi\"" + wanted + "}";
            case MESSAGES ->
                "{\"model\":\"asked\",\"max_tokens\":1024,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]"
                        + wanted + "}";
            case GEMINI -> "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"Hi\"}]}]}";
        };
    }
}
