package dev.serai.dialect;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.conversation.ChatRequest;
import dev.serai.conversation.Content;
import dev.serai.conversation.Message;
import dev.serai.conversation.RawJson;
import dev.serai.conversation.Role;
import dev.serai.conversation.Source;
import dev.serai.conversation.Tool;
import dev.serai.dialect.anthropic.AnthropicCountTokens;
import dev.serai.dialect.anthropic.AnthropicCountTokensCodec;
import dev.serai.json.JsonDocument;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenEstimateTest {
    /** Every request has one message and the beginning of an answer. */
    private static final long EMPTY = 7;

    @ParameterizedTest
    @CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = false, textBlock = """
            Hello|1
            a caravan rests|3
            internationalization|3
            1234567|3
            {"a":1}|5
            two  blanks|3
            Grüße|3
            日本語|3
            """)
    void texts_are_counted_in_words_digits_marks_and_ideographs(String text, long tokens) {
        assertThat(TextTokens.of(text)).isEqualTo(tokens);
    }

    @Test
    void lines_and_emoji_are_counted() {
        assertThat(TextTokens.of("one\ntwo\r\n\r\nthree")).isEqualTo(5);
        assertThat(TextTokens.of("\ud83d\udc2b")).isEqualTo(2);
        assertThat(TextTokens.of("")).isZero();
    }

    private static long of(Content... contents) {
        return TokenEstimate.of(ChatRequest.builder("m")
                        .messages(List.of(new Message(Role.USER, List.of(contents))))
                        .build())
                - EMPTY;
    }

    private static Source.Base64 data(String type, byte[] bytes) {
        return new Source.Base64(type, Base64.getEncoder().encodeToString(bytes));
    }

    private static byte[] png(int width, int height) {
        return ByteBuffer.allocate(64)
                .putInt(0x89504e47)
                .putInt(0x0d0a1a0a)
                .putInt(13)
                .putInt(0x49484452)
                .putInt(width)
                .putInt(height)
                .array();
    }

    /** With a segment of metadata before the frame, as cameras write it. */
    private static byte[] jpeg(int width, int height) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xe1, 0, 42});
        out.writeBytes(new byte[40]);
        out.writeBytes(new byte[] {(byte) 0xff, (byte) 0xc0, 0, 17, 8});
        out.writeBytes(ByteBuffer.allocate(4)
                .putShort((short) height)
                .putShort((short) width)
                .array());
        out.writeBytes(new byte[20]);
        return out.toByteArray();
    }

    private static byte[] gif(int width, int height) {
        byte[] head = new byte[30];
        System.arraycopy("GIF89a".getBytes(UTF_8), 0, head, 0, 6);
        head[6] = (byte) width;
        head[7] = (byte) (width >> 8);
        head[8] = (byte) height;
        head[9] = (byte) (height >> 8);
        return head;
    }

    @Test
    void pictures_are_counted_by_their_pixels() {
        assertThat(of(new Content.Image(data("image/png", png(750, 100))))).isEqualTo(100);
        assertThat(of(new Content.Image(data("image/jpeg", jpeg(750, 100))))).isEqualTo(100);
        assertThat(of(new Content.Image(data("image/gif", gif(750, 100))))).isEqualTo(100);
        assertThat(of(new Content.Image(data("image/png", png(15_680, 7_500))))).isEqualTo(1_568);
        assertThat(of(new Content.Image(data("image/png", png(40_000, 40_000)))))
                .isEqualTo(1_600);
        assertThat(of(new Content.Image(data(null, png(1, 1)), Content.Detail.LOW, null, null)))
                .isEqualTo(85);
    }

    @Test
    void a_picture_of_unknown_size_counts_as_the_largest() {
        assertThat(of(new Content.Image(new Source.Url("https://pictures.example/a.png", null))))
                .isEqualTo(1_600);
        assertThat(of(new Content.Image(data("image/png", new byte[3])))).isEqualTo(1_600);
        assertThat(of(new Content.Image(data("image/png", png(0, -1))))).isEqualTo(1_600);
        assertThat(of(new Content.Image(new Source.Base64("image/png", "no base64!"))))
                .isEqualTo(1_600);
    }

    @Test
    void documents_are_counted_by_their_pages_or_their_text() {
        byte[] pdf = "%PDF-1.4 /Type /Pages /Type /Page /Type/Page ".getBytes(ISO_8859_1);
        assertThat(of(new Content.Document(data("application/pdf", pdf)))).isEqualTo(4_000);
        assertThat(of(new Content.Document(data("application/pdf", new byte[9]))))
                .isEqualTo(2_000);
        assertThat(of(new Content.Document(data("text/plain", "two words".getBytes(UTF_8)))))
                .isEqualTo(2);
        assertThat(of(new Content.Document(new Source.PlainText("three more words"))))
                .isEqualTo(3);
    }

    @Test
    void tools_are_counted_and_claude_is_told_of_them_at_length() {
        Tool tool = new Tool.Function("weather", "tells it", new RawJson("{\"type\":\"object\"}"));
        long plain =
                TokenEstimate.of(ChatRequest.builder("m").tools(List.of(tool)).build());
        long claude = TokenEstimate.of(
                ChatRequest.builder("Claude-x").tools(List.of(tool)).build());
        assertThat(plain).isEqualTo(3 + 8 + 1 + 2 + 4);
        assertThat(claude - plain).isEqualTo(340);
    }

    @Test
    void calls_results_and_thoughts_are_counted() {
        assertThat(of(new Content.ToolCall("id", "weather", "{}"))).isEqualTo(8 + 1 + 1);
        assertThat(of(new Content.ToolResult("id", "sunny today"))).isEqualTo(8 + 2);
        assertThat(of(new Content.Thinking("it is hot", null))).isEqualTo(3);
        assertThat(of(new Content.Refusal("no"))).isEqualTo(1);
        assertThat(of(new Content.Audio(data("audio/wav", new byte[1_500])))).isEqualTo(3);
    }

    /** What Anthropic answered, where it answered with a number. */
    @Test
    void estimates_are_near_what_was_recorded() throws Exception {
        String named = System.getProperty("serai.fixtures", System.getenv().getOrDefault("SERAI_FIXTURES", ""));
        Path recorded = Path.of(named.isEmpty() ? "../shared/fixtures" : named)
                .resolve("exchanges/anthropic.anthropic.count_tokens.jsonl");
        assumeTrue(Files.exists(recorded), () -> "skipped: no recorded traffic at " + recorded);
        ObjectMapper mapper = new ObjectMapper();
        for (String line : Files.readAllLines(recorded)) {
            JsonNode exchange = mapper.readTree(line);
            if (!exchange.path("response").path("json").path("input_tokens").isNumber()) {
                continue;
            }
            JsonNode body = exchange.path("request").path("body");
            long counted =
                    exchange.path("response").path("json").path("input_tokens").asLong();
            long estimated = TokenEstimate.of(new AnthropicCountTokensCodec()
                    .decodeRequest(new AnthropicCountTokens()
                            .readRequest(JsonDocument.parse(body.toString().getBytes(UTF_8)))));
            System.out.printf(
                    "%-20s counted %5d, estimated %5d (%+d %%)%n",
                    body.path("model").asText(),
                    counted,
                    estimated,
                    Math.round(100.0 * (estimated - counted) / counted));
            if (!body.path("tools").path(0).path("type").asText().startsWith("memory")) {
                // A tool of Anthropic's own brings instructions that nobody else knows.
                assertThat((double) estimated).isBetween(counted * 0.5, counted * 1.5);
            }
        }
    }
}
