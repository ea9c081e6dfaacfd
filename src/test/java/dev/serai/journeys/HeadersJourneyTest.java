package dev.serai.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.RunningSerai;
import dev.serai.journeys.RawProvider.Reply;
import dev.serai.testing.RawClient;
import dev.serai.testing.RawServer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A client that sends everything it should not, a provider that answers everything it should not, and what crosses. */
@Timeout(60)
class HeadersJourneyTest {
    /** Credentials, cookies, the way, the connection, Camel's steering, Serai's own, and what nobody has heard of. */
    private static final String[] OF_A_CLIENT = {
        "x-api-key: of-the-client",
        "X-Goog-Api-Key: of-the-client",
        "api-key: of-the-client",
        "X_Api_Key: of-the-client",
        "Cookie: session=of-the-client",
        "COOKIE: again=of-the-client",
        "Set-Cookie: of-the-client",
        "Proxy-Authorization: Basic of-the-client",
        "Proxy-Connection: of-the-client",
        "Forwarded: for=of-the-client",
        "X-Forwarded-For: of-the-client",
        "x-forwarded-host: of-the-client",
        "X-FORWARDED-PROTO: of-the-client",
        "X-Real-IP: of-the-client",
        "CF-Connecting-IP: of-the-client",
        "Via: 1.1 of-the-client",
        "Keep-Alive: timeout=of-the-client",
        "TE: of-the-client",
        "Trailer: of-the-client",
        "Accept-Encoding: gzip, of-the-client",
        "Content-Language: of-the-client",
        "Content-Location: of-the-client",
        "CamelHttpUri: http://evil",
        "CamelHttpPath: /evil",
        "CAMELHttpQuery: of-the-client",
        "camelhttpmethod: DELETE",
        "upstreamUrl: http://evil",
        "X-HTTP-Method-Override: DELETE",
        "X-Original-URL: /evil",
        "X-Request-Id: of-the-client",
        "x-serai-request-id: of-the-client",
        "X-Serai-Provider: of-the-client",
        "x-serai-dropped-params: of-the-client",
        "User-Agent: of-the-client",
        "Origin: http://of-the-client",
        "Referer: http://of-the-client",
        "X-Stainless-Lang: of-the-client",
        "OpenAI-Organization: of-the-client",
        "OpenAI-Project: of-the-client",
        "anthropic-dangerous-direct-browser-access: of-the-client",
        "x-goog-user-project: of-the-client",
        "Range: bytes=of-the-client",
        "If-None-Match: of-the-client",
    };

    /** What may go to some. */
    private static final String[] KNOWN = {
        "Accept: application/json",
        "traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "TraceState: a=b",
        "OpenAI-Beta: one",
        "openai-beta: two",
        "aNtHrOpIc-BeTa: one",
        "Anthropic-Beta: two",
        "anthropic-version: 2099-01-01",
        "X-Title: caravan",
        "HTTP-Referer: https://example.org",
    };

    private static final List<String> TO_ALL = List.of(
            "accept",
            "accept-encoding",
            "authorization",
            "content-length",
            "content-type",
            "host",
            "traceparent",
            "tracestate",
            "user-agent");

    private static final String[] OF_A_PROVIDER = {
        "Set-Cookie: of-the-provider",
        "Set-Cookie: again=of-the-provider",
        "Server: of-the-provider",
        "Via: 1.1 of-the-provider",
        "Alt-Svc: h3=\"of-the-provider\"",
        "Strict-Transport-Security: max-age=1",
        "Access-Control-Allow-Origin: of-the-provider",
        "WWW-Authenticate: Basic realm=of-the-provider",
        "Location: http://of-the-provider",
        "X-Request-Id: of-the-provider",
        "request-id: of-the-provider",
        "cf-ray: of-the-provider",
        "OpenAI-Organization: of-the-provider",
        "X-Serai-Provider: of-the-provider",
        "X-SERAI-Dropped-Params: of-the-provider",
        "x-serai-cost-usd: of-the-provider",
        "CamelHttpResponseCode: 418",
        "Connection: keep-alive",
        "Connection: X-RateLimit-Limit-Tokens",
        "X-RateLimit-Limit-Tokens: of-the-provider",
        "X-RateLimit-Remaining-Requests: 41",
        "Retry-After: 7",
        "OpenAI-Processing-Ms: 12",
    };

    @RegisterExtension
    static final Journey JOURNEY = new Journey() {
        @Override
        void prepare(RunningSerai.Setup setup) throws Exception {
            String listed = RawProvider.file("listed", provider().url());
            setup.withProviderFile("listed", listed + "passHeaders: [X-Title, http-referer]\n");
            setup.withProviderFile("googly", """
                    id: googly
                    name: A raw socket
                    baseUrl: %s
                    dialects: {gemini: "/models/{model}:generateContent"}
                    auth: {header: x-goog-api-key, env: %s}
                    """.formatted(provider().url(), RawProvider.KEY_VARIABLE));
        }
    };

    @AfterEach
    void answer_as_prepared() {
        JOURNEY.provider().answersAsPrepared();
    }

    private static String[] all(String[]... lists) {
        return Stream.of(lists).flatMap(Arrays::stream).toArray(String[]::new);
    }

    private static RawClient.Response post(String path, String model, boolean stream, String... headers)
            throws Exception {
        String body = "{\"model\":\"" + model + "\",\"stream\":" + stream + ",\"input\":\"?\",\"messages\":[]}";
        return JOURNEY.serai()
                .post(path + "?key=of-the-client&api-version=of-the-client&CamelHttpUri=http://evil", body, headers);
    }

    private static List<String> names(String head) {
        return head.lines()
                .skip(1)
                .filter(line -> line.contains(":"))
                .map(line -> line.substring(0, line.indexOf(':')).strip().toLowerCase(Locale.ROOT))
                .sorted()
                .toList();
    }

    private static List<String> sorted(List<String> some, String... more) {
        return Stream.concat(some.stream(), Stream.of(more)).sorted().toList();
    }

    static Stream<Arguments> formats() {
        return Stream.of(
                Arguments.of("/v1/chat/completions", false, new String[] {"openai-beta"}),
                Arguments.of("/v1/chat/completions", true, new String[] {"openai-beta"}),
                Arguments.of("/v1/responses", false, new String[] {"openai-beta"}),
                Arguments.of("/v1/responses", true, new String[] {"openai-beta"}),
                Arguments.of("/v1/embeddings", false, new String[] {"openai-beta"}),
                Arguments.of("/v1/messages", false, new String[] {"anthropic-beta", "anthropic-version"}),
                Arguments.of("/v1/messages", true, new String[] {"anthropic-beta", "anthropic-version"}));
    }

    @ParameterizedTest(name = "{0}, streamed: {1}")
    @MethodSource("formats")
    void a_provider_gets_what_all_get_and_what_belongs_to_its_format(String path, boolean stream, String[] own)
            throws Exception {
        assertThat(post(path, "raw:caravan", stream, all(OF_A_CLIENT, KNOWN)).status())
                .isEqualTo(200);
        RawServer.Received request = JOURNEY.provider().lastRequest();
        assertThat(request.head())
                .startsWith("POST " + path + " HTTP/1.1\r\n")
                .doesNotContain("of-the-client", "evil", RunningSerai.KEY);
        assertThat(names(request.head())).isEqualTo(sorted(TO_ALL, own));
        assertThat(request.header("authorization")).isEqualTo("Bearer " + RawProvider.KEY);
        assertThat(request.header("accept-encoding")).isEqualTo("identity");
        assertThat(request.header("content-type")).isEqualTo("application/json");
        assertThat(request.header("user-agent")).matches("serai/\\S+");
        assertThat("http://" + request.header("host") + "/v1")
                .isEqualTo(JOURNEY.provider().url());
        for (String name : own) {
            assertThat(request.header(name)).isEqualTo(name.endsWith("beta") ? "one, two" : "2099-01-01");
        }
    }

    @ParameterizedTest
    @MethodSource("formats")
    void a_provider_whose_file_names_more_gets_these_too(String path, boolean stream, String[] own) throws Exception {
        post(path, "listed:caravan", stream, all(OF_A_CLIENT, KNOWN));
        RawServer.Received request = JOURNEY.provider().lastRequest();
        assertThat(request.head()).doesNotContain("of-the-client", "evil", RunningSerai.KEY);
        assertThat(names(request.head())).isEqualTo(sorted(sorted(TO_ALL, own), "http-referer", "x-title"));
        assertThat(request.header("x-title")).isEqualTo("caravan");
    }

    @Test
    void googles_format_has_no_headers_of_its_own() throws Exception {
        JOURNEY.provider()
                .answers(Reply.of(RawServer.json(200, "{\"candidates\":[{\"finishReason\":\"STOP\",\"index\":0}]}")));
        String path = "/v1beta/models/googly:caravan:generateContent?key=of-the-client";
        RawClient.Response response = JOURNEY.serai().post(path, "{\"contents\":[]}", all(OF_A_CLIENT, KNOWN));
        assertThat(response.status()).as(response.body()).isEqualTo(200);
        RawServer.Received request = JOURNEY.provider().lastRequest();
        assertThat(request.head())
                .startsWith("POST /v1/models/caravan:generateContent HTTP/1.1\r\n")
                .doesNotContain("of-the-client", "evil", RunningSerai.KEY);
        List<String> expected = TO_ALL.stream()
                .map(name -> name.equals("authorization") ? "x-goog-api-key" : name)
                .sorted()
                .toList();
        assertThat(names(request.head())).isEqualTo(expected);
        assertThat(request.header("x-goog-api-key")).isEqualTo(RawProvider.KEY);
    }

    @Test
    void the_next_provider_does_not_get_what_only_the_first_may_know() throws Exception {
        JOURNEY.provider().answers((request, connection) -> {
            JOURNEY.provider().answersAsPrepared();
            connection.write(RawServer.json(503, "{}"));
        });
        RawClient.Response response = JOURNEY.serai()
                .post(
                        "/v1/chat/completions",
                        "{\"model\":\"listed:caravan\",\"models\":[\"raw:caravan\"],\"messages\":[]}",
                        all(OF_A_CLIENT, KNOWN));
        assertThat(response.header("x-serai-attempts")).isEqualTo("2");
        assertThat(names(JOURNEY.provider().lastRequest().head())).isEqualTo(sorted(TO_ALL, "openai-beta"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Connection: traceparent, tracestate",
                "connection: keep-alive, TraceParent",
                "CONNECTION: close,,  traceparent ,",
                "Connection: keep-alive & Connection: traceparent",
            })
    void what_a_client_names_in_connection_stays_on_that_connection(String connection) throws Exception {
        assertThat(post("/v1/chat/completions", "raw:caravan", false, all(KNOWN, connection.split(" & ")))
                        .status())
                .isEqualTo(200);
        assertThat(names(JOURNEY.provider().lastRequest().head()))
                .doesNotContain("traceparent", "connection")
                .contains("openai-beta");
    }

    @ParameterizedTest
    @CsvSource({
        "whole, 200, openai-processing-ms",
        "streamed, 200, openai-processing-ms",
        "refused, 401, ",
        "limited, 429, ",
        "broken, 500, ",
    })
    void a_client_gets_what_the_list_names_and_what_serai_says_itself(String what, int status, String own)
            throws Exception {
        JOURNEY.provider().answers(Reply.lastly(answer(what, status)));
        RawClient.Response response =
                post("/v1/chat/completions", "raw:caravan", what.equals("streamed"), all(OF_A_CLIENT, KNOWN));
        assertThat(response.status()).isEqualTo(status);
        assertThat(response.head()).doesNotContain("of-the-provider", "of-the-client\r\nx-serai-provider");
        List<String> expected = sorted(
                List.of(
                        what.equals("streamed") ? "transfer-encoding" : "content-length",
                        "content-type",
                        "retry-after",
                        "x-ratelimit-remaining-requests",
                        "x-request-id",
                        "x-serai-attempts",
                        "x-serai-model",
                        "x-serai-provider",
                        "x-serai-request-id"),
                own == null ? new String[0] : new String[] {own});
        assertThat(names(response.head())).isEqualTo(expected);
        assertThat(response.header("x-request-id")).isEqualTo("of-the-client");
        assertThat(response.header("x-serai-provider")).isEqualTo("raw");
        assertThat(response.header("x-serai-model")).isEqualTo("caravan");
        assertThat(response.header("x-serai-attempts")).isEqualTo("1");
        assertThat(response.header("retry-after")).isEqualTo("7");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a\\r\\nx-injected: b         | a??x-injected: b",
                "caf\\u00e9 \\ud83d\\udc2b | caf? ?",
                "a\\u0000b                    | a?b",
            })
    void a_model_that_a_client_makes_up_is_told_in_characters_that_a_header_can_hold(String model, String told)
            throws Exception {
        RawClient.Response response = post("/v1/chat/completions", "raw:" + model, false);
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.header("x-serai-model")).isEqualTo(told);
        assertThat(names(response.head())).doesNotContain("x-injected");
    }

    @Test
    void a_very_long_name_of_a_model_is_not_told_whole() throws Exception {
        RawClient.Response response = post("/v1/chat/completions", "raw:" + "m".repeat(100_000), false);
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.header("x-serai-model")).isEqualTo("m".repeat(200) + "...");
    }

    private static String answer(String what, int status) {
        String headers = String.join("\r\n", OF_A_PROVIDER) + "\r\nContent-Type";
        if (what.equals("streamed")) {
            return RawServer.streamHead().replaceFirst("Content-Type", headers)
                    + RawServer.chunk(RawProvider.answer("chat/text.sse"))
                    + RawServer.lastChunk();
        }
        String body = status == 200 ? RawProvider.answer("chat/text.json") : "{\"error\":{\"message\":\"no\"}}";
        return RawServer.json(status, body).replaceFirst("Content-Type", headers);
    }
}
