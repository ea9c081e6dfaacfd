package dev.serai.bench;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/**
 * A provider that answers at once: chat completions of the OpenAI dialect, 1 KB of JSON or a stream of events; below
 * {@code /failing}, an error.
 *
 * <p>Usage: {@code PretendUpstream PORT}; listens on loopback, with one server on each event loop.
 */
public final class PretendUpstream extends AbstractVerticle {
    private static final Buffer REPLY = Buffer.buffer("{\"id\":\"chatcmpl-pretend\",\"object\":\"chat.completion\","
            + "\"created\":1767225600,\"model\":\"mock-model\",\"choices\":[{\"index\":0,\"message\":{\"role\":"
            + "\"assistant\",\"content\":\"" + "A caravan rests here. ".repeat(36)
            + "\"},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":250,\"completion_tokens\":180,"
            + "\"total_tokens\":430}}");
    private static final Buffer CONTENT =
            event("{\"index\":0,\"delta\":{\"content\":\" caravan\"},\"finish_reason\":null}");
    private static final Buffer FINISH = event("{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}")
            .appendString(
                    "data: {\"id\":\"chatcmpl-pretend\",\"object\":\"chat.completion.chunk\",\"created\":1767225600,"
                            + "\"model\":\"mock-model\",\"choices\":[],\"usage\":{\"prompt_tokens\":250,\"completion_tokens\":180,"
                            + "\"total_tokens\":430}}\n\ndata: [DONE]\n\n");

    static final String FAILING = "/failing";

    private static final Buffer FAILURE = Buffer.buffer(
            "{\"error\":{\"message\":\"The server had an error.\",\"type\":\"server_error\",\"code\":null}}");

    private final int port;

    PretendUpstream(int port) {
        this.port = port;
    }

    public static void main(String[] args) {
        int port = Integer.parseInt(args[0]);
        Servers.serve(() -> new PretendUpstream(port));
    }

    @Override
    public void start(Promise<Void> started) {
        vertx.createHttpServer(new HttpServerOptions().setAcceptBacklog(Servers.ACCEPT_BACKLOG))
                .requestHandler(PretendUpstream.this::answer)
                .listen(port, Servers.LOOPBACK)
                .<Void>mapEmpty()
                .onComplete(started);
    }

    private void answer(HttpServerRequest request) {
        if (request.path().equals(Servers.HEALTH)) {
            request.response().end();
            return;
        }
        request.body().onSuccess(body -> {
            if (request.path().startsWith(FAILING)) {
                request.response()
                        .setStatusCode(500)
                        .putHeader("content-type", "application/json")
                        .end(FAILURE);
                return;
            }
            Answer wish = Answer.to(body.toString());
            if (wish.streamed()) {
                stream(request.response(), wish);
            } else {
                request.response().putHeader("content-type", "application/json").end(REPLY);
            }
        });
    }

    private void stream(HttpServerResponse response, Answer wish) {
        response.setChunked(true).putHeader("content-type", "text/event-stream");
        if (wish.gap().isZero()) {
            for (int i = 0; i < wish.chunks(); i++) {
                response.write(CONTENT);
            }
            response.end(FINISH);
            return;
        }
        response.write(CONTENT);
        int[] sent = {1};
        long timer = vertx.setPeriodic(wish.gap().toMillis(), tick -> {
            if (sent[0]++ < wish.chunks()) {
                response.write(CONTENT);
            } else {
                vertx.cancelTimer(tick);
                response.end(FINISH);
            }
        });
        response.closeHandler(gone -> vertx.cancelTimer(timer));
    }

    private static Buffer event(String choice) {
        return Buffer.buffer(
                "data: {\"id\":\"chatcmpl-pretend\",\"object\":\"chat.completion.chunk\",\"created\":1767225600,"
                        + "\"model\":\"mock-model\",\"choices\":[" + choice + "]}\n\n");
    }
}
