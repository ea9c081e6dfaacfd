package dev.serai.dialect.gemini;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.serai.conversation.ChatEvent;
import dev.serai.conversation.EventGrammar;
import dev.serai.dialect.CodecException;
import dev.serai.dialect.ModelRequest;
import dev.serai.dialect.ReplyContext.Framing;
import dev.serai.json.JsonDocument;
import dev.serai.json.JsonException;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever comes: nothing but the codec's own exception, and streams that are legal. */
class GeminiFuzzTest {
    private static final String REQUEST = """
            {"systemInstruction":{"parts":[{"text":"a"}]},"contents":[{"role":"user","parts":[{"text":"hi"},{"inlineData":
            {"mimeType":"image/png","data":"QQ=="}},{"fileData":{"fileUri":"u","mimeType":"audio/wav"}}]},{"role":"model","parts":
            [{"functionCall":{"id":"c","name":"f","args":{"a":1}},"thoughtSignature":"c2ln"}]},{"role":"user","parts":
            [{"functionResponse":{"id":"c","name":"f","response":{"output":"x"},"parts":[]}}]}],"tools":[{"functionDeclarations":
            [{"name":"f","parameters":{"type":"OBJECT","properties":{"a":{"type":"STRING","nullable":true}}}}],"googleSearch":{}}],
            "toolConfig":{"functionCallingConfig":{"mode":"ANY","allowedFunctionNames":["f"]}},"generationConfig":{"temperature":1,
            "thinkingConfig":{"thinkingBudget":-1,"includeThoughts":true},"responseSchema":{"type":"OBJECT"},"stopSequences":["a"],
            "speechConfig":{"voiceConfig":{"prebuiltVoiceConfig":{"voiceName":"K"}}}},"labels":{"a":"b"},"cachedContent":"c"}""";

    private static final String REPLY = """
            {"candidates":[{"content":{"parts":[{"text":"a","thought":true},{"text":"é☕"},{"functionCall":{"name":"f","args":{"a":[1]},
            "partialArgs":[{"jsonPath":"$.a[0]","stringValue":"x"}],"willContinue":true}},{"executableCode":{}}],"role":"model"},
            "finishReason":"STOP","index":0,"groundingMetadata":{"groundingChunks":[{"web":{"uri":"u","title":"t"}}],
            "groundingSupports":[{"segment":{"startIndex":1,"endIndex":3,"text":"x"},"groundingChunkIndices":[0]}]},"logprobsResult":
            {"chosenCandidates":[{"token":"a","logProbability":-1}],"topCandidates":[{"candidates":[]}]}}],"usageMetadata":
            {"promptTokenCount":1,"candidatesTokenCount":2,"promptTokensDetails":[{"modality":"AUDIO","tokenCount":1}]},
            "responseId":"r","modelVersion":"m","createTime":"2026-01-01T00:00:00Z","promptFeedback":{"blockReason":"X"}}""";

    private static final String ERROR =
            "{\"error\":{\"code\":429,\"message\":\"m\",\"status\":\"RESOURCE_EXHAUSTED\",\"details\":"
                    + "[{\"@type\":\"x/google.rpc.RetryInfo\",\"retryDelay\":\"3s\"},{\"@type\":\"x/google.rpc.ErrorInfo\",\"reason\":\"A\"}]}}";

    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "7",
            "-1",
            "1e400",
            "1e-400",
            "99999999999999999999",
            "\"\"",
            "\"x\"",
            "\"\\ud800\"",
            "[]",
            "{}",
            "[[]]",
            "[null]",
            "{\"a\":{}}",
            "\"2026-13-01T00:00:00Z\"",
            "[".repeat(400) + "]".repeat(400));

    @Provide
    Arbitrary<String> requests() {
        return mutations(REQUEST);
    }

    @Provide
    Arbitrary<String> replies() {
        return mutations(REPLY);
    }

    @Provide
    Arbitrary<String> errors() {
        return mutations(ERROR);
    }

    /** Values replaced, members renamed, bytes changed, ends cut off. */
    private static Arbitrary<String> mutations(String json) {
        return Arbitraries.longs().map(seed -> mutated(json, new Random(seed)));
    }

    private static String mutated(String json, Random random) {
        StringBuilder text = new StringBuilder(json.replace("\n", ""));
        for (int i = random.nextInt(4); i >= 0; i--) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(5)) {
                case 0 -> text.setCharAt(at, (char) (32 + random.nextInt(95)));
                case 1 -> text.setLength(Math.max(1, at));
                case 2 -> text.insert(at, VALUES.get(random.nextInt(VALUES.size())));
                default -> replaceValue(text, at, VALUES.get(random.nextInt(VALUES.size())));
            }
        }
        return text.toString();
    }

    private static void replaceValue(StringBuilder text, int at, String by) {
        int colon = text.indexOf(":", at);
        if (colon < 0) {
            return;
        }
        int end = colon + 1;
        int depth = 0;
        while (end < text.length()) {
            char c = text.charAt(end);
            depth += c == '{' || c == '[' ? 1 : 0;
            if (depth == 0 && (c == ',' || c == '}' || c == ']')) {
                break;
            }
            depth -= c == '}' || c == ']' ? 1 : 0;
            end++;
        }
        text.replace(colon + 1, end, by);
    }

    @Property(seed = "1", tries = 2000)
    void a_request_is_read_or_refused(@ForAll("requests") String json) {
        try {
            JsonDocument body = JsonDocument.parse(json.getBytes(UTF_8));
            ModelRequest request = new ModelRequest("gemini", List.of("m"), false, true, body);
            Wire.encode(Wire.CODEC.decodeRequest(request));
            Wire.encode(Wire.CODEC.decodeRequest(request), "gemini-3-pro");
        } catch (JsonException | CodecException e) {
            // refused
        }
    }

    @Property(seed = "1", tries = 2000)
    void a_reply_is_read_or_refused(@ForAll("replies") String json) {
        try {
            Wire.encode(Wire.reply(json));
        } catch (CodecException e) {
            // refused
        }
    }

    @Property(seed = "1", tries = 2000)
    void a_stream_is_legal(@ForAll("replies") String first, @ForAll("replies") String second) {
        List<ChatEvent> events = Wire.events("data: " + first + "\n\ndata: " + second + "\n\n");
        EventGrammar.check(events);
        Wire.stream(events);
        Wire.stream(events, Framing.JSON_ARRAY);
    }

    @Property(seed = "1", tries = 1000)
    void an_error_is_read(@ForAll("errors") String json) {
        Wire.CODEC.decodeError(429, json.getBytes(UTF_8), null);
        Wire.events("data: " + json + "\n\n");
    }

    @Property(seed = "1", tries = 500)
    void bytes_of_any_kind_are_read_or_refused(@ForAll byte[] bytes) {
        try {
            Wire.CODEC.decodeError(500, bytes, null);
            Wire.CODEC.decodeReply(bytes, Wire.SOURCE);
        } catch (CodecException e) {
            // refused
        }
    }
}
