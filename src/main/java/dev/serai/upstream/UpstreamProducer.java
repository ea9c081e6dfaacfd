package dev.serai.upstream;

import dev.serai.dialect.StreamReading;
import dev.serai.gateway.Caller;
import dev.serai.gateway.EventLoop;
import io.vertx.core.Context;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultAsyncProducer;

/** Starts an {@link Attempt} for each exchange, on the event loop of the client's request or, without one, on the component's own. */
public final class UpstreamProducer extends DefaultAsyncProducer {
    /** Variable: the absolute URL to send to, a string. */
    public static final String URL = "upstreamUrl";

    /** Variable: the {@link InetAddress} to connect to in the place of what the URL's host resolves to. Optional. */
    public static final String ADDRESS = "upstreamAddress";

    /** Variable: the {@link StreamReading} that tells content from pings, if the answer is a stream. Optional. */
    public static final String STREAM_READING = "streamReading";

    /** Variable: what this attempt is held to, {@link Terms}. Optional. */
    public static final String TERMS = "terms";

    /** URLs are those of configured providers, so few; but some have the model in them, as clients write it. */
    private static final int MAX_PARSED_URLS = 4_096;

    private static final int MAX_PARSED_URL_LENGTH = 1_000;

    private static final Set<String> SCHEMES = Set.of("http", "https");
    private static final int MAX_PORT = 65_535;

    private final UpstreamEndpoint endpoint;
    private final Map<String, RequestOptions> parsedUrls = new ConcurrentHashMap<>();

    UpstreamProducer(UpstreamEndpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        RequestOptions request;
        byte[] body;
        try {
            request = request(exchange);
            body = exchange.getMessage().getBody(byte[].class);
        } catch (RuntimeException e) {
            exchange.setException(
                    e); // here, where it is the exchange's own: thrown on an event loop, nobody would catch it
            callback.done(true);
            return true;
        }
        StreamReading reading = exchange.getVariable(STREAM_READING, StreamReading.class);
        Caller caller = Caller.of(exchange);
        EventLoop loop = caller == null ? null : caller.loop();
        Context context = loop == null ? endpoint.component().ownLoop() : loop.context();
        Terms terms = exchange.getVariable(TERMS, Terms.class);
        Attempt attempt = new Attempt(
                endpoint, context, caller, exchange, callback, reading, terms == null ? Terms.USUAL : terms);
        Runnable start = () -> attempt.start(request, body == null ? new byte[0] : body);
        if (loop == null) {
            context.runOnContext(ignored -> start.run());
        } else {
            loop.run(start);
        }
        return false;
    }

    /** @throws IllegalArgumentException if it cannot be sent; says neither the URL nor a header's value, which may hold a key */
    private RequestOptions request(Exchange exchange) {
        String url = exchange.getVariable(URL, String.class);
        if (url == null) {
            throw new IllegalArgumentException("upstream: needs the variable " + URL);
        }
        RequestOptions request = new RequestOptions(parsed(url));
        InetAddress address = exchange.getVariable(ADDRESS, InetAddress.class);
        if (address != null) {
            request.setServer(SocketAddress.inetSocketAddress(new InetSocketAddress(address, request.getPort())));
        }
        UpstreamHeaders.write(exchange.getMessage(), request);
        return request;
    }

    private RequestOptions parsed(String url) {
        RequestOptions known = parsedUrls.get(url);
        if (known == null) {
            known = parse(url);
            keep(url, known);
        }
        return known;
    }

    /** When it is full it begins anew: what nobody asks for any more does not keep out what is asked for now. */
    private void keep(String url, RequestOptions parsed) {
        if (url.length() > MAX_PARSED_URL_LENGTH) {
            return;
        }
        if (parsedUrls.size() >= MAX_PARSED_URLS) {
            parsedUrls.clear();
        }
        parsedUrls.put(url, parsed);
    }

    private static RequestOptions parse(String url) {
        try {
            RequestOptions request =
                    new RequestOptions().setMethod(HttpMethod.POST).setAbsoluteURI(url);
            String scheme = url.substring(0, url.indexOf(':')).toLowerCase(Locale.ROOT);
            if (SCHEMES.contains(scheme) && !request.getHost().isEmpty() && request.getPort() <= MAX_PORT) {
                return request;
            }
        } catch (RuntimeException notAUrl) {
            // its message would quote the URL
        }
        throw new IllegalArgumentException("upstream: the variable " + URL + " holds no http or https URL");
    }
}
