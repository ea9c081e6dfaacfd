package dev.serai.gateway;

import dev.serai.error.GatewayError;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/** A Camel context with nothing but {@code gateway:} and some routes in it. */
final class GatewayFixture implements AutoCloseable {
    /** Errors as {@code dialect|code|message}, so that tests read them without knowing any dialect. */
    static final OwnWords ERRORS = new OwnWords() {
        @Override
        public String guessDialect(String path, boolean anthropicVersion) {
            return anthropicVersion ? "anthropic" : "openai";
        }

        @Override
        public byte[] body(String dialect, GatewayError error) {
            return (dialect + "|" + error.code() + "|" + error.message()).getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public byte[] event(String dialect, GatewayError error) {
            return ("data: " + dialect + "|" + error.code() + "\n\n").getBytes(StandardCharsets.UTF_8);
        }
    };

    final Vertx vertx = Vertx.vertx();
    final DefaultCamelContext context = new DefaultCamelContext();
    final List<String> ended = new CopyOnWriteArrayList<>();
    final GatewayComponent gateway;

    GatewayFixture(GatewayOptions options, RouteBuilder routes) throws Exception {
        gateway = new GatewayComponent(
                vertx,
                options,
                ERRORS,
                (call, exchange) -> ended.add(call.path() + " " + (call.isGone() ? "gone" : call.status())));
        context.addComponent("gateway", gateway);
        context.getShutdownStrategy().setTimeout(20);
        context.addRoutes(routes);
        context.start();
    }

    static GatewayOptions options() {
        return GatewayOptions.on("127.0.0.1", 0);
    }

    int port() {
        return gateway.port();
    }

    @Override
    public void close() {
        context.stop();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
