package dev.serai.dialect.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.openai.core.ObjectMappers;
import com.openai.models.embeddings.CreateEmbeddingResponse;
import dev.serai.conversation.Conversations;
import dev.serai.conversation.EmbeddingReply;
import dev.serai.conversation.EmbeddingRequest;
import dev.serai.conversation.EmbeddingRequest.Encoding;
import dev.serai.conversation.EmbeddingRequest.Input;
import dev.serai.conversation.Usage;
import dev.serai.conversation.Vector;
import dev.serai.dialect.CodecException;
import dev.serai.dialect.Dropped;
import dev.serai.dialect.Encoded;
import dev.serai.dialect.EncodingTarget;
import dev.serai.dialect.ReplySource;
import dev.serai.json.JsonDocument;
import dev.serai.json.JsonException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class OpenAiEmbeddingsCodecTest {
    private static final OpenAiEmbeddingsCodec CODEC = new OpenAiEmbeddingsCodec();
    private static final EncodingTarget TARGET = new EncodingTarget(Conversations.MODEL, null);
    private static final ReplySource SOURCE = ReplySource.of("m", "openai-embeddings");
    private static final Path GOLDEN = Path.of("src/test/resources/codec/openai-embeddings");

    @Provide
    Arbitrary<EmbeddingRequest> requests() {
        return Conversations.embeddingRequests();
    }

    @Provide
    Arbitrary<EmbeddingReply> replies() {
        return Conversations.embeddingReplies();
    }

    @Property(seed = "1", tries = 300)
    void a_request_that_is_written_and_read_again_is_the_same_but_for_what_only_gemini_says(
            @ForAll("requests") EmbeddingRequest request) throws Exception {
        Encoded encoded = CODEC.encodeRequest(request, TARGET);
        assertThat(read(encoded.body()))
                .isEqualTo(new EmbeddingRequest(
                        request.model(),
                        request.inputs(),
                        request.dimensions(),
                        request.encoding(),
                        request.user(),
                        null,
                        null,
                        List.of()));
        assertThat(encoded.dropped().stream().map(Dropped::name))
                .hasSize((request.taskType() == null ? 0 : 1) + (request.title() == null ? 0 : 1));
    }

    @Property(seed = "1", tries = 300)
    void a_reply_that_is_written_and_read_again_is_the_same_in_both_encodings(
            @ForAll("replies") EmbeddingReply reply, @ForAll Encoding encoding) throws Exception {
        EmbeddingRequest asked =
                new EmbeddingRequest("m", List.of(new Input.Text("x")), null, encoding, null, null, null, List.of());
        byte[] body = CODEC.encodeReply(reply, asked).body();
        assertThat(CODEC.decodeReply(body, SOURCE)).isEqualTo(reply);
        if (encoding == Encoding.FLOAT) {
            ObjectMappers.jsonMapper()
                    .readValue(body, CreateEmbeddingResponse.class)
                    .validate();
        }
    }

    private static EmbeddingRequest read(byte[] body) throws CodecException, JsonException {
        return CODEC.decodeRequest(new OpenAiEmbeddings().readRequest(JsonDocument.parse(body)));
    }

    private static EmbeddingRequest read(String json) throws CodecException, JsonException {
        return read(json.getBytes(UTF_8));
    }

    @Example
    void inputs_come_as_text_texts_tokens_and_batches_of_tokens() throws Exception {
        assertThat(read("{\"model\":\"m\",\"input\":\"a\"}").inputs()).containsExactly(new Input.Text("a"));
        assertThat(read("{\"model\":\"m\",\"input\":[\"a\",\"b\"]}").inputs())
                .containsExactly(new Input.Text("a"), new Input.Text("b"));
        assertThat(read("{\"model\":\"m\",\"input\":[1,2]}").inputs()).containsExactly(new Input.Tokens(List.of(1, 2)));
        assertThat(read("{\"model\":\"m\",\"input\":[[1],[2,3]]}").inputs())
                .containsExactly(new Input.Tokens(List.of(1)), new Input.Tokens(List.of(2, 3)));
    }

    @Example
    void a_wrong_request_is_refused_with_the_place() {
        refused("{\"model\":\"m\"}", "input");
        refused("{\"model\":\"m\",\"input\":[]}", "input");
        refused("{\"model\":\"m\",\"input\":{}}", "input");
        refused("{\"model\":\"m\",\"input\":[\"a\",{}]}", "input[1]");
        refused("{\"model\":\"m\",\"input\":[1,\"a\"]}", "input[1]");
        refused("{\"model\":\"m\",\"input\":[[1,1e99]]}", "input[0][1]");
        refused("{\"model\":\"m\",\"input\":\"a\",\"dimensions\":\"x\"}", "dimensions");
        refused("{\"model\":\"m\",\"input\":\"a\",\"encoding_format\":8}", "encoding_format");
    }

    private static void refused(String json, String path) {
        assertThatThrownBy(() -> read(json)).isInstanceOfSatisfying(CodecException.class, e -> assertThat(e.path())
                .isEqualTo(path));
    }

    @Example
    void fields_of_other_providers_come_back_where_they_were() throws Exception {
        String request = Files.readString(GOLDEN.resolve("texts.request.json"));
        EmbeddingRequest read = read(request);
        JsonNode again = ChatRecordings.parsed(new String(
                CODEC.encodeRequest(read, new EncodingTarget("m", null)).body(), UTF_8));
        assertThat(again).isEqualTo(ChatRecordings.parsed(request));
    }

    @Example
    void vectors_stand_in_the_order_of_their_indexes() throws Exception {
        assertThat(CODEC.decodeReply(Files.readAllBytes(GOLDEN.resolve("numbers.reply.json")), SOURCE))
                .isEqualTo(new EmbeddingReply(
                        "m",
                        List.of(Vector.of(0.25f, 1e-3f), Vector.of(0.5f, -1f)),
                        new Usage(4, 0, 0, 0, 0, 0, 0, 0)));
        String alike = "{\"data\":[{\"index\":0,\"embedding\":[1]},{\"index\":0,\"embedding\":[2]}]}";
        assertThat(CODEC.decodeReply(alike.getBytes(UTF_8), SOURCE).vectors())
                .as("indexes that say nothing")
                .containsExactly(Vector.of(1), Vector.of(2));
    }

    @Example
    void vectors_come_in_base64_and_usage_as_nothing_but_a_total() throws Exception {
        assertThat(CODEC.decodeReply(Files.readAllBytes(GOLDEN.resolve("base64.reply.json")), SOURCE))
                .isEqualTo(new EmbeddingReply("m", List.of(Vector.of(0.5f, -1f)), new Usage(3, 0, 0, 0, 0, 0, 0, 0)));
    }

    @Example
    void what_is_no_reply_is_refused() {
        for (String body : List.of(
                "{\"error\":{\"message\":\"No.\"}}",
                "{\"data\":{}}",
                "{\"data\":[{\"embedding\":\"!\"}]}",
                "{\"data\":[{\"embedding\":\"AAA=\"}]}",
                "{\"data\":[{\"embedding\":[1e99]}]}",
                "{\"data\":[{\"embedding\":[\"x\"]}]}",
                "{\"data\":[7]}",
                "[]",
                "")) {
            assertThatThrownBy(() -> CODEC.decodeReply(body.getBytes(UTF_8), SOURCE))
                    .isInstanceOf(CodecException.class);
        }
    }

    @Example
    void recorded_embeddings_are_read_and_written_again() throws IOException, CodecException, JsonException {
        assumeThat(ChatRecordings.arePresent()).as("recorded traffic").isTrue();
        int read = 0;
        for (ChatRecordings.Exchange exchange : ChatRecordings.exchanges("embeddings.jsonl")) {
            EmbeddingRequest request = read(exchange.request().toString());
            JsonNode again = ChatRecordings.parsed(new String(
                    CODEC.encodeRequest(request, new EncodingTarget(request.model(), null))
                            .body(),
                    UTF_8));
            assertThat(withoutInput(again)).as(exchange.name()).isEqualTo(withoutInput(exchange.request()));
            if (exchange.status() == 200) {
                byte[] body = exchange.response().path("json").toString().getBytes(UTF_8);
                EmbeddingReply reply = CODEC.decodeReply(body, SOURCE);
                JsonNode usage = exchange.response().path("json").path("usage");
                assertThat(reply.usage().totalInput())
                        .isEqualTo(usage.path("total_tokens").asLong());
                assertThat(CODEC.decodeReply(CODEC.encodeReply(reply, request).body(), SOURCE))
                        .isEqualTo(reply);
            }
            read++;
        }
        System.out.println("embeddings: " + read + " recorded exchanges read and written again");
        assertThat(read).isPositive();
    }

    /** Without nulls, which say what no member says. */
    private static JsonNode withoutInput(JsonNode request) {
        ObjectNode rest = ((ObjectNode) request.deepCopy()).without("input");
        rest.properties().removeIf(member -> member.getValue().isNull());
        return rest;
    }
}
