package dev.serai.testing;

import dev.serai.catalog.UsageTotals;
import dev.serai.dialect.Dialect;
import dev.serai.dialect.ModelRequest;
import dev.serai.dialect.openai.OpenAiChat;
import dev.serai.error.GatewayError;
import dev.serai.gateway.ClientCall;
import dev.serai.gateway.GatewayComponent;
import dev.serai.gateway.GatewayOptions;
import dev.serai.gateway.OwnWords;
import dev.serai.json.JsonDocument;
import dev.serai.json.JsonException;
import dev.serai.upstream.Outcome;
import dev.serai.upstream.ReplyStream;
import dev.serai.upstream.UpstreamComponent;
import dev.serai.upstream.UpstreamException;
import dev.serai.upstream.UpstreamOptions;
import dev.serai.upstream.UpstreamProducer;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.camel.AsyncCallback;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.AsyncProducer;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.AsyncProcessorSupport;
import org.jspecify.annotations.Nullable;

/**
 * {@code gateway:} in front of {@code upstream:} and nothing between them: what clients and providers do to each other, without
 * the routes. {@link #call()} leaves the gateway out as well. Streams are read as chat completions.
 */
public final class Spine implements AutoCloseable {
    /** A header: the provider's stream is read as one of no known dialect. */
    public static final String WITHOUT_READING = "CamelWithoutReading";

    private static final int PATIENCE_SECONDS = 30;
    private static final int SHUTDOWN_SECONDS = 15;
    private static final Dialect CHAT = new OpenAiChat();

    public final Vertx vertx = Vertx.vertx();
    public final DefaultCamelContext context = new DefaultCamelContext();
    public final GatewayComponent gateway;

    /** Path and status of every call that has ended, or that its client was gone. */
    public final List<String> ended = new CopyOnWriteArrayList<>();

    private final BlockingQueue<Outcome> outcomes = new LinkedBlockingQueue<>();
    private final AsyncProducer calls;
    private volatile String url;
    private volatile @Nullable ReplyStream lastStream;

    /** What became of a call without a client: its outcome, and the answer as far as it came. */
    public record Answer(Outcome outcome, Map<String, Object> headers, String body) {}

    /** @param clocks the options of the {@code upstream:} endpoint */
    public Spine(String url, String clocks) {
        this(url, clocks, UpstreamOptions.defaults(), gatewayOptions());
    }

    public Spine(String url, String clocks, UpstreamOptions upstream) {
        this(url, clocks, upstream, gatewayOptions());
    }

    public Spine(String url, String clocks, UpstreamOptions upstream, GatewayOptions options) {
        this.url = url;
        gateway = new GatewayComponent(
                vertx,
                options,
                new ChatErrors(),
                (call, exchange) -> ended.add(call.path() + " " + (call.isGone() ? "gone" : call.status())));
        context.addComponent("gateway", gateway);
        context.addComponent("upstream", new UpstreamComponent(vertx, upstream));
        context.getShutdownStrategy().setTimeout(SHUTDOWN_SECONDS);
        try {
            context.addRoutes(new Routes(clocks));
            context.start();
            calls = context.getEndpoint("direct:collect").createAsyncProducer();
            calls.start();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    public static GatewayOptions gatewayOptions() {
        return GatewayOptions.on("127.0.0.1", 0).with(options -> options.eventLoops(2));
    }

    /** Where the calls from now on go. */
    public void sendTo(String newUrl) {
        url = newUrl;
    }

    public RawClient client() throws Exception {
        return new RawClient(gateway.port());
    }

    /** The next outcome that nobody has asked for yet. */
    public Outcome outcome() throws InterruptedException {
        Outcome outcome = outcomes.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (outcome == null) {
            throw new AssertionError("no outcome within " + PATIENCE_SECONDS + " s");
        }
        return outcome;
    }

    /** The stream that began last. */
    public ReplyStream lastStream() {
        return lastStream;
    }

    /** Sends a request that no client has asked for, and reads the answer to its end. */
    public Answer call() throws Exception {
        return call(message -> message.setBody("{}"));
    }

    public Answer call(Consumer<Message> request) throws Exception {
        Exchange exchange = start(request).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (exchange.getException() != null) {
            throw exchange.getException();
        }
        Message answer = exchange.getMessage();
        return new Answer(outcome(), answer.getHeaders(), answer.getBody(String.class));
    }

    /** Like {@link #call()}, but does not wait. */
    public CompletableFuture<Exchange> start(Consumer<Message> request) {
        Exchange exchange = calls.getEndpoint().createExchange();
        exchange.setPattern(ExchangePattern.InOut);
        request.accept(exchange.getMessage());
        CompletableFuture<Exchange> done = new CompletableFuture<>();
        calls.process(exchange, doneSync -> done.complete(exchange));
        return done;
    }

    @Override
    public void close() {
        context.stop();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private final class Routes extends RouteBuilder {
        private final String clocks;

        Routes(String clocks) {
            this.clocks = clocks;
        }

        @Override
        public void configure() {
            errorHandler(noErrorHandler());
            from("gateway:/chat?dialect=openai-chat").process(readBody()).to("direct:provider");
            from("direct:collect").to("direct:provider").process(collect());
            from("direct:provider")
                    .process(this::prepare)
                    .doTry()
                    .to("upstream:call?" + clocks)
                    .process(this::watch)
                    .doCatch(UpstreamException.class)
                    .process(this::tell);
        }

        private void prepare(Exchange exchange) throws JsonException {
            byte[] body = "{\"model\":\"m\",\"stream\":true}".getBytes(StandardCharsets.UTF_8);
            ModelRequest request = new ModelRequest(CHAT.id(), List.of("m"), true, true, JsonDocument.parse(body));
            if (exchange.getMessage().getHeader(WITHOUT_READING) == null) {
                exchange.setVariable(UpstreamProducer.STREAM_READING, CHAT.openStream(request, UsageTotals.INCLUSIVE));
            }
            exchange.setVariable(UpstreamProducer.URL, url);
        }

        private void watch(Exchange exchange) {
            if (exchange.getMessage().getBody() instanceof ReplyStream stream) {
                lastStream = stream;
                stream.onEnd(outcomes::add);
            } else {
                int status = exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class);
                outcomes.add(new Outcome.Answered(status));
            }
        }

        private void tell(Exchange exchange) {
            UpstreamException failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, UpstreamException.class);
            outcomes.add(failure.outcome());
            exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, 502);
            exchange.getMessage().setBody(failure.outcome().kind().label() + ": " + failure.getMessage());
        }
    }

    private static AsyncProcessor readBody() {
        return new AsyncProcessorSupport() {
            @Override
            public boolean process(Exchange exchange, AsyncCallback callback) {
                ClientCall.of(exchange).readBody().whenComplete((body, failure) -> {
                    exchange.getMessage().setBody(body);
                    callback.done(false);
                });
                return false;
            }
        };
    }

    private static AsyncProcessor collect() {
        return new AsyncProcessorSupport() {
            @Override
            public boolean process(Exchange exchange, AsyncCallback callback) {
                if (!(exchange.getMessage().getBody() instanceof ReplyStream stream)) {
                    callback.done(true);
                    return true;
                }
                Buffer collected = Buffer.buffer();
                Runnable end = () -> {
                    exchange.getMessage().setBody(collected.toString(StandardCharsets.UTF_8));
                    callback.done(false);
                };
                stream.handler(collected::appendBuffer)
                        .endHandler(done -> end.run())
                        .exceptionHandler(broken -> end.run());
                stream.resume();
                return false;
            }
        };
    }

    private static final class ChatErrors implements OwnWords {
        @Override
        public String guessDialect(String path, boolean anthropicVersion) {
            return CHAT.id();
        }

        @Override
        public byte[] body(String dialect, GatewayError error) {
            return CHAT.error(error);
        }

        @Override
        public byte[] event(String dialect, GatewayError error) {
            return CHAT.errorEvent(error);
        }
    }
}
