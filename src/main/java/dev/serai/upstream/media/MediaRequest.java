package dev.serai.upstream.media;

import dev.serai.dialect.MediaUrl;
import dev.serai.gateway.Caller;
import dev.serai.upstream.ContentEncoding;
import io.netty.channel.ConnectTimeoutException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** The URLs of one request, fetched side by side on one event loop. Settles exactly once; what arrives after that is thrown away. */
final class MediaRequest {
    private static final int MAX_REDIRECTS = 3;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    private final MediaFetcher fetcher;
    private final @Nullable Caller caller;
    private final MediaListener done;
    private final Runnable whenGone = this::clientLeft;
    private final Map<MediaUrl, Fetched> media = new HashMap<>();
    private final List<HttpClientRequest> running = new ArrayList<>(1);
    private int wanted;
    private long bytes;
    private long timer;
    private volatile boolean settled;

    MediaRequest(MediaFetcher fetcher, @Nullable Caller caller, MediaListener done) {
        this.fetcher = fetcher;
        this.caller = caller;
        this.done = done;
    }

    void start(List<MediaUrl> urls) {
        wanted = urls.size();
        if (wanted > fetcher.options().maxUrls()) {
            fail(
                    urls.get(0),
                    "the request names " + wanted + " URLs, and "
                            + fetcher.options().maxUrls() + " are fetched at most");
            return;
        }
        long millis = fetcher.options().timeout().toMillis();
        timer = fetcher.vertx().setTimer(millis, late -> tooLate(urls, millis));
        if (caller != null) {
            caller.whenGone(whenGone);
        }
        for (MediaUrl url : urls) {
            begin(url);
        }
    }

    private void tooLate(List<MediaUrl> urls, long millis) {
        urls.stream()
                .filter(url -> !media.containsKey(url))
                .findFirst()
                .ifPresent(url -> fail(url, "it took longer than " + millis + " ms"));
    }

    private void begin(MediaUrl url) {
        try {
            resolve(url, MediaUri.parse(url.url(), fetcher.options().plainHttp()), 0);
        } catch (MediaException e) {
            fail(url, e.getMessage());
        }
    }

    private void resolve(MediaUrl url, MediaUri uri, int redirects) {
        if (settled) {
            return;
        }
        fetcher.resolve(uri.host(), () -> settled).onComplete(resolved -> {
            if (resolved.failed()) {
                fail(url, reason(resolved.cause()));
            } else if (!settled) {
                connect(url, uri, resolved.result(), redirects);
            }
        });
    }

    /** All addresses of a name are checked, and one that was checked is connected to. */
    private void connect(MediaUrl url, MediaUri uri, InetAddress[] addresses, int redirects) {
        for (InetAddress address : addresses) {
            if (!fetcher.options().privateAddresses() && !PublicAddresses.contains(address)) {
                fail(url, "its address is not public");
                return;
            }
        }
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setServer(SocketAddress.inetSocketAddress(new InetSocketAddress(addresses[0], uri.port())))
                .setHost(uri.host())
                .setPort(uri.port())
                .setSsl(uri.tls())
                .setURI(uri.target())
                .setFollowRedirects(false)
                .putHeader("user-agent", fetcher.userAgent())
                .putHeader("accept", "*/*")
                .putHeader("accept-encoding", "identity");
        fetcher.client().request(options).onComplete(connected -> {
            if (connected.failed()) {
                fail(url, reason(connected.cause()));
            } else if (settled) {
                connected.result().connection().close();
            } else {
                send(url, uri, connected.result(), redirects);
            }
        });
    }

    private void send(MediaUrl url, MediaUri uri, HttpClientRequest request, int redirects) {
        running.add(request);
        request.send().onComplete(answered -> {
            if (answered.failed()) {
                fail(url, reason(answered.cause()));
            } else if (!settled) {
                answered(url, uri, request, answered.result(), redirects);
            }
        });
    }

    private void answered(
            MediaUrl url, MediaUri uri, HttpClientRequest request, HttpClientResponse response, int redirects) {
        String location = response.getHeader("location");
        if (REDIRECTS.contains(response.statusCode()) && location != null) {
            running.remove(request);
            request.connection().close();
            redirected(url, uri, location, redirects + 1);
        } else if (response.statusCode() != 200) {
            fail(url, "it answered with status " + response.statusCode());
        } else if (ContentEncoding.isLeft(response)) {
            fail(url, "it answered with compressed data, which was not asked for");
        } else {
            read(url, request, response);
        }
    }

    private void redirected(MediaUrl url, MediaUri from, String location, int redirects) {
        if (redirects > MAX_REDIRECTS) {
            fail(url, "it redirects more than " + MAX_REDIRECTS + " times");
            return;
        }
        try {
            resolve(url, from.redirected(location, fetcher.options().plainHttp()), redirects);
        } catch (MediaException e) {
            fail(url, "it redirects, and " + e.getMessage());
        }
    }

    private void read(MediaUrl url, HttpClientRequest request, HttpClientResponse response) {
        Buffer body = Buffer.buffer();
        response.exceptionHandler(broken -> fail(url, "its answer broke off"));
        response.handler(chunk -> {
            if (!settled && mayHold(url, chunk.length())) {
                body.appendBuffer(chunk);
            }
        });
        response.endHandler(end -> {
            running.remove(request);
            if (!settled) {
                keep(url, response, body.getBytes());
            }
        });
    }

    private boolean mayHold(MediaUrl url, int more) {
        int most = fetcher.options().maxBytes();
        if (bytes + more > most) {
            fail(url, "it is larger than the " + most + " bytes that are fetched for one request");
            return false;
        }
        if (!fetcher.reserve(more)) {
            settle(done::overloaded);
            return false;
        }
        bytes += more;
        return true;
    }

    private void keep(MediaUrl url, HttpClientResponse response, byte[] body) {
        try {
            media.put(url, new Fetched(MediaSniffer.type(body, response.getHeader("content-type"), url.sort()), body));
        } catch (MediaException e) {
            fail(url, e.getMessage());
            return;
        }
        if (media.size() == wanted) {
            settle(() -> done.fetched(media));
        }
    }

    private void clientLeft() {
        settle(done::cancelled);
    }

    private void fail(MediaUrl url, @Nullable String reason) {
        settle(() -> done.failed(url, MediaUri.shownHost(url.url()), String.valueOf(reason)));
    }

    private void settle(Runnable tell) {
        if (settled) {
            return;
        }
        settled = true; // before the connections are closed, which report failures of their own
        fetcher.vertx().cancelTimer(timer);
        if (caller != null) {
            caller.clearWhenGone(whenGone);
        }
        List.copyOf(running).forEach(request -> request.connection().close());
        try {
            tell.run();
        } finally {
            fetcher.release(bytes);
        }
    }

    private static String reason(Throwable failure) {
        if (failure instanceof UnknownHostException) {
            return "its name could not be resolved";
        }
        if (failure instanceof SSLException || failure.getCause() instanceof SSLException) {
            return "TLS with it failed";
        }
        return failure instanceof ConnectTimeoutException
                ? "connecting to it took too long"
                : "the connection to it failed";
    }
}
