package dev.serai.gateway;

import static dev.serai.testing.ChatEvents.answer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.testing.Certificate;
import dev.serai.testing.OnLoop;
import dev.serai.testing.RawClient;
import dev.serai.testing.RawServer;
import dev.serai.testing.Spine;
import dev.serai.upstream.UpstreamOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.PemTrustOptions;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class GatewayTlsTest {
    @ParameterizedTest
    @EnumSource(
            value = HttpVersion.class,
            names = {"HTTP_1_1", "HTTP_2"})
    void a_gateway_with_a_certificate_speaks_either_http_inside_tls_and_none_outside(
            HttpVersion version, @TempDir Path folder) throws Exception {
        Certificate certificate = Certificate.of("localhost", folder);
        GatewayOptions tls = Spine.gatewayOptions()
                .with(options -> options.tls(new GatewayOptions.Tls(certificate.chain(), certificate.key())));
        String stream = RawServer.streamHead() + RawServer.chunk(answer("a")) + RawServer.lastChunk();
        try (RawServer provider = RawServer.answering(stream);
                Spine spine = new Spine(provider.url(), "attemptTimeout=60s", UpstreamOptions.defaults(), tls);
                RawClient plain = spine.client()) {
            HttpClient http = spine.vertx.createHttpClient(new HttpClientOptions()
                    .setSsl(true)
                    .setUseAlpn(true)
                    .setProtocolVersion(version)
                    .setTrustOptions(new PemTrustOptions()
                            .addCertPath(certificate.chain().toString())));
            String body = OnLoop.ask(
                            spine.vertx, () -> http.request(HttpMethod.POST, spine.gateway.port(), "localhost", "/chat")
                                    .compose(request -> request.send("{}"))
                                    .compose(response -> response.body().map(text -> response.version() + " " + text)))
                    .get(10, TimeUnit.SECONDS);
            assertThat(body).isEqualTo(version + " " + answer("a"));
            assertThat(plain.send("POST /chat HTTP/1.1\r\nHost: test\r\n\r\n").isClosedByServer())
                    .isTrue();
        }
    }
}
