package dev.serai.upstream.media;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.dialect.MediaUrl;
import dev.serai.dialect.MediaUrl.Sort;
import dev.serai.testing.Certificate;
import dev.serai.testing.RawServer;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class MediaFetcherTest {
    private static final String PNG = "\u0089PNG\r\n\u001a\n and a rest.";
    private static final MediaFetcher.Names LOOPBACK =
            host -> new InetAddress[] {InetAddress.getByAddress(host, new byte[] {127, 0, 0, 1})};

    @TempDir
    static Path folder;

    private static Vertx vertx;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private static MediaOptions options(int maxBytes, int maxUrls, Duration timeout) {
        return new MediaOptions(true, true, true, maxBytes, maxUrls, timeout, null);
    }

    private static MediaOptions options() {
        return options(1_000, 4, Duration.ofSeconds(20));
    }

    /** What became of it, in words. */
    private static String fetch(MediaFetcher fetcher, MediaUrl... urls) throws Exception {
        CompletableFuture<String> told = new CompletableFuture<>();
        fetcher.fetch(List.of(urls), null, new MediaListener() {
            @Override
            public void fetched(Map<MediaUrl, Fetched> media) {
                List<String> all = new ArrayList<>();
                for (MediaUrl url : urls) {
                    Fetched one = media.get(url);
                    all.add(one == null ? "nothing" : one.mediaType() + " of " + one.bytes().length);
                }
                told.complete(String.join(", ", all));
            }

            @Override
            public void failed(MediaUrl url, String host, String reason) {
                told.complete(host + ": " + reason);
            }

            @Override
            public void overloaded() {
                told.complete("overloaded");
            }

            @Override
            public void cancelled() {
                told.complete("cancelled");
            }
        });
        return told.get(30, TimeUnit.SECONDS);
    }

    private static String fetch(MediaOptions options, MediaFetcher.Names names, MediaUrl... urls) throws Exception {
        return fetch(new MediaFetcher(vertx, options, "serai/test", names), urls);
    }

    private static MediaUrl image(String url) {
        return new MediaUrl(url, Sort.IMAGE);
    }

    private static RawServer serving(String head, String body) {
        return RawServer.start(connection -> {
            while (connection.hasRequest()) {
                connection.write(
                        (head + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body).getBytes(ISO_8859_1));
            }
        });
    }

    private static RawServer serving(String body) {
        return serving("HTTP/1.1 200 OK\r\nContent-Type: text/plain", body);
    }

    @Test
    void what_stands_at_a_url_is_fetched_and_told_by_its_bytes() throws Exception {
        try (RawServer server = serving(PNG)) {
            String url = "http://pictures.example:" + server.port() + "/a%20b/ä.png?size=1&k=v#part";

            assertThat(fetch(options(), LOOPBACK, image(url))).isEqualTo("image/png of 20");

            String head = server.received().get(0).head();
            assertThat(head).startsWith("GET /a%20b/%C3%A4.png?size=1&k=v HTTP/1.1\r\n");
            assertThat(server.received().get(0).header("host")).isEqualTo("pictures.example:" + server.port());
            assertThat(server.received().get(0).header("user-agent")).isEqualTo("serai/test");
            assertThat(server.received().get(0).header("accept-encoding")).isEqualTo("identity");
        }
    }

    @Test
    void an_address_that_is_not_public_is_not_connected_to() throws Exception {
        try (RawServer server = serving(PNG)) {
            MediaOptions shipped = new MediaOptions(true, false, true, 1_000, 4, Duration.ofSeconds(20), null);
            String url = "http://pictures.example:" + server.port() + "/";
            MediaFetcher.Names mixed = host ->
                    new InetAddress[] {InetAddress.getByName("1.1.1.1"), InetAddress.getByName("169.254.169.254")};

            assertThat(fetch(shipped, LOOPBACK, image(url))).isEqualTo("pictures.example: its address is not public");
            assertThat(fetch(shipped, mixed, image(url))).isEqualTo("pictures.example: its address is not public");
            assertThat(fetch(shipped, InetAddress::getAllByName, image("http://2130706433:" + server.port() + "/")))
                    .endsWith(": its address is not public");
            assertThat(fetch(shipped, InetAddress::getAllByName, image("http://[::1]:" + server.port() + "/")))
                    .isEqualTo("[::1]: its address is not public");
            assertThat(server.connections()).isZero();
        }
    }

    /** The second answer of the name server would lead elsewhere; nobody asks for it. */
    @Test
    void the_address_that_was_checked_is_the_one_that_is_connected_to() throws Exception {
        try (RawServer server = serving(PNG)) {
            AtomicInteger asked = new AtomicInteger();
            MediaFetcher.Names rebinding = host -> asked.getAndIncrement() == 0
                    ? LOOPBACK.of(host)
                    : new InetAddress[] {InetAddress.getByName("192.0.2.1")};

            assertThat(fetch(options(), rebinding, image("http://rebinding.example:" + server.port() + "/")))
                    .isEqualTo("image/png of 20");
            assertThat(asked).hasValue(1);
        }
    }

    @Test
    void redirects_are_followed_and_every_one_is_checked() throws Exception {
        try (RawServer target = serving(PNG);
                RawServer first =
                        serving("HTTP/1.1 302 Found\r\nLocation: http://second.example:" + target.port() + "/", "")) {
            String url = "http://first.example:" + first.port() + "/";
            MediaOptions shipped = new MediaOptions(true, false, true, 1_000, 4, Duration.ofSeconds(20), null);
            MediaFetcher.Names names = host -> host.startsWith("first")
                    ? LOOPBACK.of(host)
                    : new InetAddress[] {InetAddress.getByName("10.0.0.1")};

            assertThat(fetch(options(), LOOPBACK, image(url))).isEqualTo("image/png of 20");
            assertThat(fetch(shipped, names, image(url))).isEqualTo("first.example: its address is not public");
            MediaOptions tls = new MediaOptions(true, true, false, 1_000, 4, Duration.ofSeconds(20), null);
            assertThat(fetch(tls, LOOPBACK, image(url))).isEqualTo("first.example: only https is fetched");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Location: /again                | it redirects more than 3 times
            Location: file:///etc/passwd    | it redirects, and only http and https are fetched
            Location: http://u:p@a.example/ | it redirects, and its URL names no host, or a user
            Location: http://[              | it redirects to what is no URL
            X: y                            | it answered with status 307
            """)
    void redirects_that_lead_nowhere_end(String header, String reason) throws Exception {
        try (RawServer server = serving("HTTP/1.1 307 Elsewhere\r\n" + header, "")) {
            String url = "http://a.example:" + server.port() + "/";
            assertThat(fetch(options(), LOOPBACK, image(url))).endsWith(reason);
            assertThat(server.received()).hasSizeLessThanOrEqualTo(4);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ftp://a.example/            | a.example: only http and https are fetched
            http://user:pw@a.example/   | a.example: its URL names no host, or a user
            http:///path                | an unreadable URL: its URL names no host, or a user
            http://a b/                 | an unreadable URL: its URL is not well formed
            http://a.example:99999/     | a.example: its URL names no port that there is
            """)
    void what_is_no_url_to_fetch_is_refused(String url, String reason) throws Exception {
        assertThat(fetch(options(), LOOPBACK, image(url))).isEqualTo(reason);
    }

    @Test
    void a_name_that_does_not_resolve_and_a_port_that_nobody_serves_are_told_apart() throws Exception {
        int closed;
        try (RawServer server = serving(PNG)) {
            closed = server.port();
        }
        MediaFetcher.Names nobody = host -> {
            throw new java.net.UnknownHostException(host);
        };

        assertThat(fetch(options(), nobody, image("http://a.example/")))
                .isEqualTo("a.example: its name could not be resolved");
        assertThat(fetch(options(), LOOPBACK, image("http://a.example:" + closed + "/")))
                .isEqualTo("a.example: the connection to it failed");
    }

    @Test
    void what_is_larger_than_allowed_is_given_up_all_urls_together() throws Exception {
        try (RawServer server = serving(PNG + "x".repeat(480))) {
            String url = "http://a.example:" + server.port();

            assertThat(fetch(options(), LOOPBACK, image(url + "/1"), image(url + "/2")))
                    .isEqualTo("image/png of 500, image/png of 500");
            assertThat(fetch(options(), LOOPBACK, image(url + "/1"), image(url + "/2"), image(url + "/3")))
                    .isEqualTo("a.example: it is larger than the 1000 bytes that are fetched for one request");
        }
    }

    /** More than four full requests would hold, were nothing given back. */
    @Test
    void room_is_given_back() throws Exception {
        try (RawServer server = serving(PNG + "x".repeat(480))) {
            MediaFetcher fetcher = new MediaFetcher(vertx, options(), "serai/test", LOOPBACK);
            for (int i = 0; i < 20; i++) {
                assertThat(fetch(fetcher, image("http://a.example:" + server.port() + "/")))
                        .isEqualTo("image/png of 500");
            }
        }
    }

    @Test
    void there_is_room_for_some_requests_at_once() {
        MediaFetcher fetcher = new MediaFetcher(vertx, options(), "serai/test", LOOPBACK);

        assertThat(fetcher.reserve(4_000)).isTrue();
        assertThat(fetcher.reserve(1)).isFalse();
        fetcher.release(1);
        assertThat(fetcher.reserve(1)).isTrue();
    }

    @Test
    void so_many_urls_are_fetched_and_no_more() throws Exception {
        MediaUrl[] urls = new MediaUrl[5];
        for (int i = 0; i < urls.length; i++) {
            urls[i] = image("http://a.example/" + i);
        }
        assertThat(fetch(options(), LOOPBACK, urls))
                .isEqualTo("a.example: the request names 5 URLs, and 4 are fetched at most");
    }

    @Test
    void a_server_that_does_not_come_to_an_end_is_given_up() throws Exception {
        RawServer.Script slow = connection -> {
            while (connection.hasRequest()) {
                connection.write("HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n\u0089PNG");
                connection.waitUntilClientLeaves();
            }
        };
        try (RawServer server = RawServer.start(slow)) {
            String url = "http://a.example:" + server.port() + "/";
            assertThat(fetch(options(1_000, 4, Duration.ofSeconds(1)), LOOPBACK, image(url)))
                    .isEqualTo("a.example: it took longer than 1000 ms");
            server.awaitClientToLeave();
        }
    }

    @Test
    void an_answer_that_breaks_off_is_none() throws Exception {
        RawServer.Script broken = connection -> {
            if (connection.hasRequest()) {
                connection.write("HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\nGIF89a");
            }
            connection.close();
        };
        try (RawServer server = RawServer.start(broken)) {
            assertThat(fetch(options(), LOOPBACK, image("http://a.example:" + server.port() + "/")))
                    .isEqualTo("a.example: its answer broke off");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            IMAGE    | image/png                | GIF89a and more         | image/gif of 15
            IMAGE    | image/png                | <html>no picture</html> | a.example: it is no image in PNG, JPEG, GIF, WebP, HEIC or AVIF
            IMAGE    | image/svg+xml            | <svg/>                  | a.example: it is no image in PNG, JPEG, GIF, WebP, HEIC or AVIF
            IMAGE    | x                        | RIFF1234WEBPVP8         | image/webp of 15
            IMAGE    | x                        | 0000ftypheic0000        | image/heic of 16
            DOCUMENT | text/html                | %PDF-1.7                | application/pdf of 8
            DOCUMENT | text/csv; charset=utf-8  | a,b                     | text/csv of 3
            DOCUMENT | application/octet-stream | plain                   | text/plain of 5
            DOCUMENT | application/zip          | plain                   | a.example: it is neither a PDF nor a text
            DOCUMENT | text/plain               | GIF89a                  | a.example: it is neither a PDF nor a text
            AUDIO    | x                        | RIFF1234WAVEfmt         | audio/wav of 15
            AUDIO    | audio/mpeg               | ID3 and more            | audio/mp3 of 12
            AUDIO    | audio/mpeg               | plain                   | a.example: it is no sound in WAV, MP3, FLAC, Ogg or MP4
            VIDEO    | x                        | 0000ftypisom0000        | video/mp4 of 16
            """)
    void what_it_is_is_told_by_the_bytes(Sort sort, String declared, String body, String result) throws Exception {
        try (RawServer server = serving("HTTP/1.1 200 OK\r\nContent-Type: " + declared, body)) {
            MediaUrl url = new MediaUrl("http://a.example:" + server.port() + "/", sort);
            assertThat(fetch(options(), LOOPBACK, url)).isEqualTo(result);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            HTTP/1.1 404 Gone                               | a.example: it answered with status 404
            HTTP/1.1 200 OK                                 | a.example: it is no image in PNG, JPEG, GIF, WebP, HEIC or AVIF
            """)
    void what_is_no_answer_is_told(String head, String reason) throws Exception {
        try (RawServer server = serving(head, "")) {
            assertThat(fetch(options(), LOOPBACK, image("http://a.example:" + server.port() + "/")))
                    .isEqualTo(reason);
        }
    }

    @Test
    void tls_is_checked_against_the_name_and_not_against_the_address() throws Exception {
        Certificate pictures = Certificate.of("pictures.example", folder);
        HttpServer server = vertx.createHttpServer(new HttpServerOptions()
                        .setSsl(true)
                        .setKeyCertOptions(new PemKeyCertOptions()
                                .setCertPath(pictures.chain().toString())
                                .setKeyPath(pictures.key().toString())))
                .requestHandler(request -> request.response().end("GIF89a"));
        server.listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);

        assertThat(overTls("pictures.example", server, pictures.chain())).isEqualTo("image/gif of 6");
        assertThat(overTls("elsewhere.example", server, pictures.chain()))
                .isEqualTo("elsewhere.example: TLS with it failed");
        assertThat(overTls("pictures.example", server, null)).isEqualTo("pictures.example: TLS with it failed");
        server.close().toCompletionStage().toCompletableFuture().join();
    }

    private static String overTls(String host, HttpServer server, @Nullable Path trust) throws Exception {
        MediaOptions options = new MediaOptions(true, true, false, 1_000, 4, Duration.ofSeconds(20), trust);
        return fetch(options, LOOPBACK, image("https://" + host + ":" + server.actualPort() + "/"));
    }
}
