package dev.serai.journeys;

import static dev.serai.testing.RawServer.chunk;
import static dev.serai.testing.RawServer.json;
import static dev.serai.testing.RawServer.lastChunk;
import static dev.serai.testing.RawServer.response;
import static dev.serai.testing.RawServer.streamHead;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.RunningSerai;
import dev.serai.journeys.RawProvider.Reply;
import dev.serai.testing.RawClient;
import dev.serai.testing.RawServer;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What no provider should answer: its clients get a clear error in their own envelope, or the answer all the same. */
@Timeout(60)
class BadProviderTest {
    private static final RawServer NO_TLS = RawServer.start(connection -> connection.write("this is no TLS\r\n\r\n"));

    @RegisterExtension
    static final Journey JOURNEY = new Journey() {
        @Override
        void prepare(RunningSerai.Setup setup) throws IOException {
            setup.withProviderFile(
                    "no-tls", RawProvider.file("no-tls", NO_TLS.url().replace("http:", "https:") + "/v1"));
        }
    };

    private static final ObjectMapper JSON = new ObjectMapper();

    @AfterAll
    static void stop() {
        NO_TLS.close();
    }

    /** The dialects with their prepared answers. */
    private enum Dialect {
        CHAT("/v1/chat/completions", "chat"),
        MESSAGES("/v1/messages", "messages"),
        RESPONSES("/v1/responses", "responses");

        private final String path;
        private final String folder;

        Dialect(String path, String folder) {
            this.path = path;
            this.folder = folder;
        }

        String whole() {
            return RawProvider.answer(folder + "/text.json");
        }

        String stream() {
            return RawProvider.answer(folder + "/text.sse");
        }

        /** The stream up to and including its third delta. */
        String half() {
            String stream = stream();
            return stream.substring(0, stream.indexOf("\n\n", stream.indexOf("open")) + 2);
        }

        RawClient.Response ask(String model, boolean streamed) throws IOException {
            return JOURNEY.serai()
                    .post(
                            path,
                            "{\"model\":\"" + model + "\",\"stream\":" + streamed
                                    + ",\"stream_options\":{\"include_usage\":true}}");
        }
    }

    /**
     * A row of the table.
     *
     * @param answer of a dialect that is of no importance here
     */
    private record Case(String name, boolean streamed, Reply answer, List<String> says) {
        @Override
        public String toString() {
            return name + (streamed ? ", streamed" : "");
        }
    }

    private static Stream<Case> bad(String name, Reply answer, String... says) {
        return Stream.of(new Case(name, false, answer, List.of(says)), new Case(name, true, answer, List.of(says)));
    }

    private static Stream<Case> badStream(String name, String answer, String... says) {
        return Stream.of(new Case(name, true, Reply.lastly(answer), List.of(says)));
    }

    static Stream<Arguments> replies() {
        Stream<Case> cases = Stream.of(
                        bad("HTML", Reply.of(response(200, "text/html", "<h1>Welcome</h1>")), "no JSON object"),
                        bad("half a JSON", Reply.of(json(200, "{\"choices\":[{\"ind")), "no JSON object"),
                        bad(
                                "less than its length",
                                Reply.lastly(json(200, "{\"choices\":[]}")
                                        .replace("Content-Length: 14", "Content-Length: 99")),
                                "broke off"),
                        bad("nothing", Reply.of(response(200, "application/json", "")), "no JSON object"),
                        bad(
                                "an error with status 200",
                                Reply.of(json(200, "{\"error\":{\"message\":\"no beds\",\"type\":\"inn\"}}")),
                                "no beds"),
                        bad("no HTTP", Reply.lastly("hello, this is no HTTP\r\n\r\n"), "raw:caravan"),
                        bad("a closed connection", Reply.lastly(""), "closed"),
                        bad("a reset", (request, connection) -> connection.reset(), "raw:caravan"),
                        bad(
                                "a flood of headers",
                                Reply.lastly("HTTP/1.1 200 OK\r\n" + "x-flood: yes\r\n".repeat(20_000) + "\r\n"),
                                "headers are too large"),
                        bad(
                                "a redirect",
                                Reply.of(
                                        "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n"),
                                "status 302"),
                        badStream("an empty stream", streamHead() + lastChunk(), "ended without content"),
                        badStream("a stream that is cut at once", streamHead(), "closed"),
                        badStream(
                                "a stream of HTML",
                                streamHead() + chunk("<h1>Welcome</h1>") + lastChunk(),
                                "without content"),
                        badStream(
                                "a stream of no JSON",
                                streamHead() + chunk("data: <h1>Welcome</h1>\n\n") + lastChunk(),
                                "raw:caravan"),
                        badStream(
                                "a stream that begins with an error",
                                streamHead()
                                        + chunk(
                                                "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\","
                                                        + "\"message\":\"no beds\"}}\n\n")
                                        + lastChunk(),
                                "no beds"))
                .flatMap(rows -> rows);
        return cases.flatMap(bad -> Stream.of(Dialect.values()).map(dialect -> Arguments.of(bad, dialect)));
    }

    @ParameterizedTest(name = "{0} to {1}")
    @MethodSource("replies")
    void a_client_is_told_what_is_wrong_with_the_provider(Case bad, Dialect dialect) throws Exception {
        JOURNEY.provider().answers(bad.answer());

        expectBadGateway(dialect, dialect.ask("raw:caravan", bad.streamed()), "provider_failed", bad.says());
    }

    private static void expectBadGateway(Dialect dialect, RawClient.Response response, String code, List<String> says)
            throws IOException {
        assertThat(response.status()).isEqualTo(502);
        assertThat(response.header("content-type")).isEqualTo("application/json");
        JsonNode body = JSON.readTree(response.body());
        assertThat(body.path("error").path("message").asText())
                .contains(says)
                .contains("raw:caravan", "The only candidate failed")
                .doesNotContain("<h1>");
        assertThat(body.path("error").path("code").asText()).isEqualTo(code);
        assertThat(body.path("type").asText()).isEqualTo(dialect == Dialect.MESSAGES ? "error" : "");
    }

    @ParameterizedTest
    @EnumSource
    void a_provider_that_speaks_no_tls_is_out_of_reach(Dialect dialect) throws Exception {
        RawClient.Response response = dialect.ask("no-tls:caravan", false);

        assertThat(response.status()).isEqualTo(502);
        assertThat(response.body()).contains("provider_unreachable", "no-tls:caravan TLS failed");
    }

    /** What is odd and yet in order, as a change of a good stream. */
    private enum Oddity {
        BYTE_BY_BYTE {
            @Override
            void send(String stream, RawServer.Connection connection) throws IOException {
                connection.write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n");
                connection.writeByteByByte(stream);
                connection.close();
            }
        },
        IN_ONE_PIECE,
        CRLF {
            @Override
            String change(String stream) {
                return stream.replace("\n", "\r\n");
            }
        },
        COMMENTS {
            @Override
            String change(String stream) {
                return ": welcome\n\n" + stream.replace("\n\n", "\n\n: still here\n\n");
            }
        },
        BYTE_ORDER_MARK {
            @Override
            String change(String stream) {
                return "\uFEFF" + stream;
            }
        },
        TWO_MEGABYTE_DELTA {
            @Override
            String change(String stream) {
                return stream.replace(" open", " open" + "!".repeat(2 << 20));
            }
        };

        String change(String stream) {
            return stream;
        }

        void send(String stream, RawServer.Connection connection) throws IOException {
            connection.write(streamHead() + chunk(stream) + lastChunk());
        }
    }

    static Stream<Arguments> oddStreams() {
        return Stream.of(Oddity.values())
                .flatMap(oddity -> Stream.of(Dialect.values()).map(dialect -> Arguments.of(oddity, dialect)));
    }

    @ParameterizedTest
    @MethodSource("oddStreams")
    void an_odd_stream_reaches_the_client_whole(Oddity oddity, Dialect dialect) throws Exception {
        String stream = oddity.change(dialect.stream());
        JOURNEY.provider().answers((request, connection) -> oddity.send(stream, connection));
        RawClient.Response response = dialect.ask("raw:caravan", true);

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.cleanEnd()).isTrue();
        // A comment says nothing, and a byte-order mark is none in the middle of what a client has read: both may go.
        assertThat(plain(response.body())).isEqualTo(plain(stream));
    }

    private static String plain(String stream) {
        return stream.replace("\uFEFF", "").replaceAll(": (welcome|still here)\n\n", "");
    }

    @ParameterizedTest
    @EnumSource
    void a_byte_order_mark_before_a_whole_answer_does_no_harm(Dialect dialect) throws Exception {
        JOURNEY.provider().answers(Reply.of(json(200, "\uFEFF" + dialect.whole())));

        assertThat(dialect.ask("raw:caravan", false).status()).isEqualTo(200);
    }

    /** How a stream breaks after its first content. */
    private enum Break {
        CUT {
            @Override
            void after(RawServer.Connection connection) throws IOException {
                connection.close();
            }
        },
        RESET {
            @Override
            void after(RawServer.Connection connection) throws IOException {
                connection.reset();
            }
        },
        ENDS_AS_IF_IT_WERE_WHOLE {
            @Override
            void after(RawServer.Connection connection) throws IOException {
                connection.write(lastChunk());
            }
        },
        NO_JSON {
            @Override
            void after(RawServer.Connection connection) throws IOException {
                connection.write(chunk("data: <h1>Welcome</h1>\n\n") + lastChunk());
            }
        };

        abstract void after(RawServer.Connection connection) throws IOException;
    }

    static Stream<Arguments> breaks() {
        return Stream.of(Break.values())
                .flatMap(breaking -> Stream.of(Dialect.values()).map(dialect -> Arguments.of(breaking, dialect)));
    }

    @ParameterizedTest
    @MethodSource("breaks")
    void a_stream_that_breaks_ends_with_an_error_and_never_cleanly(Break breaking, Dialect dialect) throws Exception {
        JOURNEY.provider().answers((request, connection) -> {
            connection.write(streamHead() + chunk(dialect.half()));
            breaking.after(connection);
        });
        RawClient.Response response = dialect.ask("raw:caravan", true);

        assertThat(response.status()).isEqualTo(200);
        if (breaking != Break.RESET) { // a reset may overtake what was sent before it
            assertThat(response.body()).startsWith(dialect.half());
        }
        assertThat(response.body())
                .contains("provider_failed", "What came before is incomplete")
                .doesNotContain("[DONE]", "message_stop", "response.completed");
        assertThat(response.cleanEnd()).isFalse();
    }

    @Test
    void an_error_in_the_middle_of_a_stream_is_told_once_in_the_providers_words() throws Exception {
        JOURNEY.provider()
                .answers(Reply.of(streamHead()
                        + chunk(Dialect.CHAT.half())
                        + chunk("data: {\"error\":{\"message\":\"no beds\"}}\n\n")
                        + lastChunk()));
        RawClient.Response response = Dialect.CHAT.ask("raw:caravan", true);

        assertThat(response.body()).endsWith("data: {\"error\":{\"message\":\"no beds\"}}\n\n");
        assertThat(response.cleanEnd()).isFalse();
    }

    /** After each of them. */
    @AfterEach
    void the_next_request_is_answered() throws Exception {
        JOURNEY.provider().answersAsPrepared();
        assertThat(Dialect.CHAT.ask("raw:caravan", true).body()).isEqualTo(Dialect.CHAT.stream());
        JOURNEY.expectToBeIdleWithinASecond();
    }
}
