package dev.serai.upstream;

import dev.serai.dialect.StreamReading;
import dev.serai.gateway.Caller;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import java.net.ConnectException;
import java.time.Duration;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * One request to one provider, on one event loop. Settles exactly once: with an answer the client may see (for a stream, when its
 * first content is there) or with an {@link UpstreamException}. Whatever arrives after that is of no interest.
 */
final class Attempt {
    private static final long CANCEL = 8; // HTTP/2 error code, RFC 9113, 7

    private final UpstreamEndpoint endpoint;
    private final Context context;
    private final Vertx vertx;
    private final @Nullable Caller caller;
    private final Exchange exchange;
    private final AsyncCallback callback;
    private final @Nullable StreamReading reading;
    private final Duration limit;
    private final Terms terms;
    private @Nullable HttpClientRequest request;
    private Runnable whenGone = () -> fail(new Outcome.Cancelled());
    private @Nullable Runnable deadline;
    private boolean settled;

    Attempt(
            UpstreamEndpoint endpoint,
            Context context,
            @Nullable Caller caller,
            Exchange exchange,
            AsyncCallback callback,
            @Nullable StreamReading reading,
            Terms terms) {
        this.endpoint = endpoint;
        this.context = context;
        this.vertx = context.owner();
        this.caller = caller;
        this.exchange = exchange;
        this.callback = callback;
        this.reading = reading;
        this.terms = terms;
        this.limit = Terms.shorter(terms.attempt(), endpoint.attemptTimeout());
    }

    void start(RequestOptions options, byte[] body) {
        if (caller != null) {
            caller.whenGone(whenGone);
        }
        if (settled) {
            return;
        }
        deadline = deadline();
        if (terms.connect() != null) {
            options.setConnectTimeout(Math.max(1, terms.connect().toMillis()));
        }
        boolean tls = Boolean.TRUE.equals(options.isSsl());
        endpoint.component().client(context, tls).request(options).onComplete(connected -> {
            if (connected.failed()) {
                fail(new Outcome.Unreachable(Reasons.of(connected.cause())));
            } else if (settled) {
                abort(connected.result());
            } else {
                send(connected.result(), body);
            }
        });
    }

    /** What is left of a total clock is a time of its own; there is no sense in a list of deadlines for it. */
    private Runnable deadline() {
        Runnable late = () -> fail(new Outcome.TimedOut(limit));
        if (limit.equals(endpoint.attemptTimeout())) {
            Deadlines.Deadline listed = endpoint.component().deadlines(context).in(limit.toMillis(), late);
            return listed::drop;
        }
        long timer = vertx.setTimer(Math.max(1, limit.toMillis()), due -> late.run());
        return () -> vertx.cancelTimer(timer);
    }

    private void send(HttpClientRequest connected, byte[] body) {
        request = connected;
        connected.send(Buffer.buffer(body)).onComplete(answered -> {
            if (settled) {
                return;
            }
            if (answered.failed()) {
                fail(lost(answered.cause()));
            } else {
                answered(answered.result());
            }
        });
    }

    private void answered(HttpClientResponse response) {
        if (response.statusCode() < 200 || response.statusCode() > 299) {
            readRefusal(response);
        } else if (ContentEncoding.isLeft(response)) {
            fail(new Outcome.Unusable("answered in the content encoding " + response.getHeader("content-encoding")));
        } else if (isEventStream(response)) {
            readStream(response);
        } else {
            readWhole(response);
        }
    }

    private void readRefusal(HttpClientResponse response) {
        collect(response, endpoint.component().options().maxErrorBytes(), true, body -> {
            fail(new Outcome.Refused(response.statusCode(), UpstreamHeaders.ofReply(response), body.getBytes()));
        });
    }

    private void readWhole(HttpClientResponse response) {
        int limit = endpoint.component().options().maxReplyBytes();
        collect(response, limit, false, body -> {
            UpstreamHeaders.replaceWithReply(exchange.getMessage(), response);
            exchange.getMessage().setBody(body.getBytes());
            forgetClient();
            settle();
        });
    }

    @FunctionalInterface
    private interface Collected {
        void accept(Buffer body);
    }

    /** Reads a body up to a limit. Behind it: take what there is and close the connection, or fail. */
    private void collect(HttpClientResponse response, int limit, boolean cutOff, Collected whenRead) {
        Buffer body = Buffer.buffer();
        response.exceptionHandler(broken -> {
            if (!settled) {
                fail(cutOff ? lost(broken) : new Outcome.Reset("the answer broke off: " + Reasons.of(broken)));
            }
        });
        response.endHandler(end -> {
            if (!settled) {
                request = null; // read to its end: the connection is the pool's again
                whenRead.accept(body);
            }
        });
        response.handler(chunk -> {
            if (settled) {
                return;
            }
            int room = limit - body.length();
            body.appendBuffer(chunk.length() > room ? chunk.slice(0, room) : chunk);
            if (chunk.length() > room && cutOff) {
                whenRead.accept(body);
            } else if (chunk.length() > room) {
                fail(new Outcome.Unusable("answered with more than " + limit + " bytes"));
            }
        });
    }

    private void readStream(HttpClientResponse response) {
        StreamReading known = reading == null ? new RawReading() : reading;
        ReplyStream stream = new ReplyStream(response, known, endpoint, vertx, this::abortUpstream, terms);
        if (caller != null) {
            whenGone = () -> {
                fail(new Outcome.Cancelled());
                stream.cancel();
            };
            caller.whenGone(whenGone);
        }
        stream.onEnd(outcome -> forgetClient());
        stream.start(
                failure -> {
                    if (failure != null) {
                        fail(failure);
                    } else if (!settled) {
                        UpstreamHeaders.replaceWithReply(exchange.getMessage(), response);
                        exchange.getMessage().setBody(stream);
                        settle();
                    }
                },
                this::forgetDeadline);
    }

    private static boolean isEventStream(HttpClientResponse response) {
        String type = response.getHeader("content-type");
        return type != null && type.regionMatches(true, 0, "text/event-stream", 0, "text/event-stream".length());
    }

    private static Outcome.Failure lost(Throwable cause) {
        return cause instanceof ConnectException
                ? new Outcome.Unreachable(Reasons.of(cause))
                : new Outcome.Reset(Reasons.of(cause));
    }

    private void fail(Outcome.Failure outcome) {
        if (settled) {
            return;
        }
        settled = true; // before the abort: closing the connection reports failures of its own
        abortUpstream();
        forgetClient();
        exchange.setException(new UpstreamException(outcome));
        settle();
    }

    private void settle() {
        settled = true;
        forgetDeadline();
        callback.done(false);
    }

    private void forgetDeadline() {
        Runnable known = deadline;
        deadline = null;
        if (known != null) {
            known.run();
        }
    }

    private void forgetClient() {
        if (caller != null) {
            caller.clearWhenGone(whenGone);
        }
    }

    private void abortUpstream() {
        HttpClientRequest current = request;
        request = null;
        if (current != null) {
            abort(current);
        }
    }

    /** An HTTP/1.1 connection with half an answer in it cannot be used again; an HTTP/2 stream can end alone. */
    private static void abort(HttpClientRequest request) {
        if (request.version() == HttpVersion.HTTP_2) {
            request.reset(CANCEL);
        } else {
            request.connection().close();
        }
    }
}
