package dev.serai.upstream;

import dev.serai.dialect.StreamReading;
import dev.serai.gateway.ClientCall;
import dev.serai.gateway.EventLoop;
import io.vertx.core.Context;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultAsyncProducer;

/** Starts an {@link Attempt} for each exchange, on the event loop of the client's request or, without one, on any. */
public final class UpstreamProducer extends DefaultAsyncProducer {
    /** Variable: the absolute URL to send to, a string. */
    public static final String URL = "upstreamUrl";

    /** Variable: the {@link StreamReading} that tells content from pings, if the answer is a stream. Optional. */
    public static final String STREAM_READING = "streamReading";

    /** URLs are those of configured providers, so few; the bound is for configurations that are not. */
    private static final int MAX_PARSED_URLS = 4_096;

    private final UpstreamEndpoint endpoint;
    private final Map<String, RequestOptions> parsedUrls = new ConcurrentHashMap<>();

    UpstreamProducer(UpstreamEndpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        String url = exchange.getVariable(URL, String.class);
        if (url == null) {
            exchange.setException(new IllegalArgumentException("upstream: needs the variable " + URL));
            callback.done(true);
            return true;
        }
        RequestOptions request = new RequestOptions(parsed(url));
        byte[] body = exchange.getMessage().getBody(byte[].class);
        StreamReading reading = exchange.getVariable(STREAM_READING, StreamReading.class);
        ClientCall call = ClientCall.of(exchange);
        EventLoop loop = call == null ? null : call.loop();
        Context context = loop == null ? endpoint.component().vertx().getOrCreateContext() : loop.context();
        Attempt attempt = new Attempt(endpoint, context, call, exchange, callback, reading);
        Runnable start = () -> attempt.start(request, body == null ? new byte[0] : body);
        if (loop == null) {
            context.runOnContext(ignored -> start.run());
        } else {
            loop.run(start);
        }
        return false;
    }

    private RequestOptions parsed(String url) {
        RequestOptions known = parsedUrls.get(url);
        if (known == null) {
            known = new RequestOptions().setAbsoluteURI(url).setMethod(HttpMethod.POST);
            if (parsedUrls.size() < MAX_PARSED_URLS) {
                parsedUrls.put(url, known);
            }
        }
        return known;
    }
}
