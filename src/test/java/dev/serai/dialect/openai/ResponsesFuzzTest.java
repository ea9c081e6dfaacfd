package dev.serai.dialect.openai;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.conversation.ChatEvent;
import dev.serai.conversation.ChatReply;
import dev.serai.conversation.ChatRequest;
import dev.serai.conversation.Conversations;
import dev.serai.conversation.EventGrammar;
import dev.serai.dialect.CodecException;
import dev.serai.dialect.Dialect;
import dev.serai.dialect.EncodingTarget;
import dev.serai.dialect.ReplyContext;
import dev.serai.dialect.ReplySource;
import dev.serai.error.GatewayException;
import dev.serai.json.JsonDocument;
import dev.serai.json.JsonException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever is sent, the codec reads it, or refuses it in its own way. */
class ResponsesFuzzTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Dialect DIALECT = new OpenAiResponses();
    private static final OpenAiResponsesCodec CODEC = new OpenAiResponsesCodec();
    private static final ReplySource SOURCE = ReplySource.of("m", OpenAiResponsesCodec.ID);

    private static final int SAMPLES = 40;

    /** Values that stand where something else is expected. */
    private static final List<String> JUNK = List.of(
            "null",
            "true",
            "0",
            "-1",
            "1.5",
            "1e99",
            "1e999999999",
            "99999999999999999999999999",
            "\"\"",
            "\"x\"",
            "\"\\ud800\"",
            "\"\\u0000\\u2028\"",
            "\"data:;base64,\"",
            "\"data:image/png;base64\"",
            "\"c2VyYWkxOTk6YQ==\"",
            "[]",
            "[null]",
            "[[]]",
            "{}",
            "{\"type\":\"message\"}",
            "{\"type\":\"reasoning\",\"id\":1}",
            "{\"type\":null}",
            "[".repeat(300) + "]".repeat(300));

    private static final List<String> REQUESTS = List.of("""
            {"model":"m","input":[{"role":"user","content":[{"type":"input_text","text":"a","prompt_cache_breakpoint":{}},
            {"type":"input_image","image_url":"data:image/png;base64,AA==","detail":"low"},{"type":"input_file","file_id":"f"},
            {"type":"input_audio","input_audio":{"data":"AA==","format":"wav"}},{"type":"x"}],"phase":"y"},
            {"type":"reasoning","id":"rs_1","summary":[{"type":"summary_text","text":"s"}],"content":[{"text":"t"}],
            "encrypted_content":"abc"},{"type":"message","role":"assistant","content":[{"type":"output_text","text":"b",
            "annotations":[{"type":"url_citation","url":"u","title":"t","start_index":0,"end_index":1}]},{"type":"refusal",
            "refusal":"no"}]},{"type":"function_call","call_id":"c","name":"f","namespace":"n","arguments":"{}"},
            {"type":"function_call_output","call_id":"c","output":[{"type":"input_text","text":"o"}]},
            {"type":"custom_tool_call","call_id":"d","name":"g","input":"i"},{"type":"custom_tool_call_output","call_id":"d",
            "output":"o"},{"id":"x"},{"type":"additional_tools","tools":[{"type":"function","name":"h"}]}],
            "instructions":"i","tools":[{"type":"function","name":"f","parameters":{"type":"object"},"strict":true,"extra":1},
            {"type":"custom","name":"g","format":{"type":"text"}},{"type":"namespace","name":"n","description":"d","tools":
            [{"type":"function","name":"f","parameters":{}}]},{"type":"web_search"}],"tool_choice":{"type":"allowed_tools",
            "mode":"auto","tools":[{"type":"function","name":"f"}]},"text":{"format":{"type":"json_schema","name":"n","schema":
            {"type":"object"},"strict":true},"verbosity":"low"},"reasoning":{"effort":"high","summary":"auto","context":"x"},
            "include":["reasoning.encrypted_content","other"],"temperature":1,"top_p":0.5,"top_logprobs":2,
            "max_output_tokens":99,"metadata":{"a":"b"},"user":"u","service_tier":"flex","store":false,
            "previous_response_id":"r","stream":true,"truncation":"auto"}
            """);

    private static final String REPLY = """
            {"id":"r","object":"response","created_at":1,"status":"incomplete","incomplete_details":{"reason":"max_output_tokens"},
            "model":"m","output":[{"type":"reasoning","id":"rs_1","summary":[{"type":"summary_text","text":"s"}],"content":
            [{"type":"reasoning_text","text":"t"}],"encrypted_content":"abc"},{"type":"message","id":"msg_1","role":"assistant",
            "content":[{"type":"output_text","text":"b","annotations":[{"type":"file_citation","file_id":"f","filename":"n",
            "index":1}],"logprobs":[{"token":"b","logprob":-1.5,"bytes":[98],"top_logprobs":[{"token":"c","logprob":-2,
            "bytes":[99]}]}]},{"type":"refusal","refusal":"no"}]},{"type":"function_call","id":"fc_1","call_id":"c","name":"f",
            "arguments":"{}"},{"type":"web_search_call","id":"ws_1"}],"usage":{"input_tokens":5,"input_tokens_details":
            {"cached_tokens":2},"output_tokens":7,"output_tokens_details":{"reasoning_tokens":3},"total_tokens":12,"cost":1},
            "service_tier":"default","billing":{"payer":"x"},"other":1}
            """;

    @Property(seed = "1", tries = 2000)
    void a_request_is_read_or_refused(@ForAll("mutatedRequests") String body) {
        ChatRequest request;
        try {
            request = CODEC.decodeRequest(DIALECT.readRequest(JsonDocument.parse(bytes(body))));
        } catch (CodecException | JsonException | GatewayException e) {
            assertThat(e.getMessage()).isNotBlank();
            return;
        }
        assertThat(CODEC.encodeRequest(request, new EncodingTarget("m", null)).body())
                .isNotEmpty();
        ReplyContext context = new ReplyContext(request, "abc", 1, ReplyContext.Framing.SSE);
        List<ChatEvent> events = List.of(
                new ChatEvent.Started("", "", null, null),
                new ChatEvent.Finished(0, dev.serai.conversation.FinishReason.STOP),
                new ChatEvent.Ended());
        assertThat(ResponsesStreams.payloads(ResponsesStreams.encode(events, context)))
                .hasSize(3);
    }

    @Property(seed = "1", tries = 2000)
    void a_reply_is_read_or_refused(@ForAll("mutatedReplies") String body) {
        ChatReply reply;
        try {
            reply = CODEC.decodeReply(bytes(body), SOURCE);
        } catch (CodecException e) {
            assertThat(e.getMessage()).isNotBlank();
            return;
        }
        ReplyContext context = new ReplyContext(ChatRequest.builder("m").build(), "abc", 1, ReplyContext.Framing.SSE);
        assertThat(CODEC.encodeReply(reply, context).body()).isNotEmpty();
    }

    @Property(seed = "1", tries = 1000)
    void a_stream_is_read_legally_whatever_comes(@ForAll("mutatedStreams") String stream) {
        EventGrammar.check(ResponsesStreams.decode(bytes(stream)));
    }

    @Property(seed = "1", tries = 1000)
    void an_error_is_judged_whatever_comes(@ForAll("mutatedReplies") String body, @ForAll("bytes") byte[] noise) {
        assertThat(CODEC.decodeError(500, bytes(body), null).message()).isNotBlank();
        assertThat(CODEC.decodeError(429, noise, null).message()).isNotBlank();
    }

    @Property(seed = "1", tries = 500)
    void bytes_that_are_no_json_are_refused(@ForAll("bytes") byte[] noise) {
        try {
            CODEC.decodeReply(noise, SOURCE);
        } catch (CodecException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    @Provide
    Arbitrary<byte[]> bytes() {
        return Arbitraries.bytes().array(byte[].class).ofMaxSize(60);
    }

    /** Some requests of every shape; to shrink them would take longer than to read them. */
    @Provide
    Arbitrary<String> mutatedRequests() {
        List<String> bodies = new ArrayList<>(REQUESTS);
        Conversations.chatRequests()
                .sampleStream()
                .limit(SAMPLES)
                .forEach(request -> bodies.add(new String(
                        CODEC.encodeRequest(request, new EncodingTarget("m", null))
                                .body(),
                        UTF_8)));
        return Arbitraries.longs().map(seed -> {
            Random random = new Random(seed);
            return mutated(bodies.get(random.nextBoolean() ? 0 : random.nextInt(bodies.size())), random);
        });
    }

    @Provide
    Arbitrary<String> mutatedReplies() {
        return Arbitraries.longs().map(seed -> mutated(REPLY, new Random(seed)));
    }

    /** Events of a legal stream, some of them changed, left out, doubled or in another place. */
    @Provide
    Arbitrary<String> mutatedStreams() {
        ReplyContext context = new ReplyContext(ChatRequest.builder("m").build(), "abc", 1, ReplyContext.Framing.SSE);
        List<List<ChatEvent>> samples =
                Conversations.streams().sampleStream().limit(SAMPLES).toList();
        return Arbitraries.longs().map(seed -> {
            Random random = new Random(seed);
            List<ChatEvent> events = samples.get(random.nextInt(samples.size()));
            List<String> payloads = new ArrayList<>();
            ResponsesStreams.payloads(ResponsesStreams.encode(events, context))
                    .forEach(payload -> payloads.add(payload.toString()));
            for (int i = 0; i < 1 + random.nextInt(3); i++) {
                int at = random.nextInt(payloads.size());
                switch (random.nextInt(4)) {
                    case 0 -> payloads.set(at, new String(bytes(mutated(payloads.get(at), random)), UTF_8));
                    case 1 -> payloads.add(random.nextInt(payloads.size()), payloads.get(at));
                    case 2 -> Collections.swap(payloads, at, random.nextInt(payloads.size()));
                    default -> payloads.set(at, "{}");
                }
            }
            StringBuilder stream = new StringBuilder();
            payloads.forEach(payload ->
                    stream.append("data: ").append(payload.replace('\n', ' ')).append("\n\n"));
            return new String(stream.toString().getBytes(UTF_8), ISO_8859_1);
        });
    }

    /** A byte to a character, so that what fails can be read. */
    private static byte[] bytes(String text) {
        return text.getBytes(ISO_8859_1);
    }

    private static String mutated(String body, Random random) {
        if (random.nextInt(5) == 0) {
            byte[] bytes = body.getBytes(UTF_8);
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            return new String(bytes, ISO_8859_1);
        }
        try {
            JsonNode tree = JSON.readTree(body);
            for (int i = 0; i < 1 + random.nextInt(3); i++) {
                mutate(tree, random);
            }
            return new String(JSON.writeValueAsString(tree).getBytes(UTF_8), ISO_8859_1);
        } catch (IOException e) {
            return new String(body.getBytes(UTF_8), ISO_8859_1); // broken before
        }
    }

    /** Replaces some value, anywhere in the tree. */
    private static void mutate(JsonNode tree, Random random) {
        List<Runnable> places = new ArrayList<>();
        String junk = JUNK.get(random.nextInt(JUNK.size()));
        places(tree, new com.fasterxml.jackson.databind.util.RawValue(junk), places);
        if (!places.isEmpty()) {
            places.get(random.nextInt(places.size())).run();
        }
    }

    private static void places(
            JsonNode node, com.fasterxml.jackson.databind.util.RawValue junk, List<Runnable> places) {
        if (node instanceof ObjectNode object) {
            object.properties().forEach(member -> {
                places.add(() -> object.putRawValue(member.getKey(), junk));
                places(member.getValue(), junk, places);
            });
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                int index = i;
                places.add(() -> array.setRawValue(index, junk));
                places(array.get(i), junk, places);
            }
        }
    }
}
