package dev.serai.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.error.GatewayError;
import dev.serai.gateway.ClientCall;
import dev.serai.sandbox.Script.Answer;
import dev.serai.sandbox.Script.Failure;
import dev.serai.sandbox.Script.Stall;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.Iterator;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.AsyncProcessorSupport;

/** Plays the script in the dialect of the call: at once, or in its own time, without holding a thread meanwhile. */
final class PlaySandboxScript extends AsyncProcessorSupport {
    /** The variable that holds the {@link Script}. The message body is the {@link Ask}. */
    static final String SCRIPT = "sandboxScript";

    private final Clock clock;

    PlaySandboxScript(Clock clock) {
        this.clock = clock;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        Ask ask = exchange.getMessage().getBody(Ask.class);
        return exchange.getVariable(SCRIPT, Script.class)
                .match(
                        answer -> answer(exchange, callback, take(exchange, ask, answer)),
                        stall -> stall(exchange, callback, stall, take(exchange, ask, stall.opening())),
                        failure -> fail(exchange, callback, failure));
    }

    private Take take(Exchange exchange, Ask ask, Answer answer) {
        String id = Replies.call(exchange).requestId().replace("req_", "");
        return new Take(ask, answer, id, clock.instant().getEpochSecond());
    }

    private static boolean answer(Exchange exchange, AsyncCallback callback, Take take) {
        Format format = format(exchange);
        Answer answer = take.answer();
        if (take.ask().streamed()) {
            return stream(exchange, callback, Cue.answering(answer, format.events(take)));
        }
        ObjectNode whole = format.whole(take);
        long millis = answer.pauseMillis() == 0 ? 0 : answer.pauseMillis() * answer.tokens();
        return after(millis, exchange, callback, () -> Replies.answer(exchange, whole));
    }

    private static boolean stall(Exchange exchange, AsyncCallback callback, Stall stall, Take take) {
        if (take.ask().streamed()) {
            return stream(
                    exchange, callback, Cue.stalling(stall, format(exchange).events(take)));
        }
        GatewayError silence =
                new SilenceException().error(Replies.call(exchange).requestId());
        return after(stall.silenceMillis(), exchange, callback, () -> Replies.refuse(exchange, silence));
    }

    private static boolean fail(Exchange exchange, AsyncCallback callback, Failure failure) {
        Replies.refuse(exchange, failure.toError(Replies.call(exchange).requestId()));
        callback.done(true);
        return true;
    }

    private static boolean stream(Exchange exchange, AsyncCallback callback, Iterator<Cue> cues) {
        ClientCall call = Replies.call(exchange);
        PacedStream stream = new PacedStream(cues, vertx(call));
        Replies.stream(exchange, stream);
        call.whenGone(stream::cancel);
        callback.done(true);
        return true;
    }

    /** The time or the client's leaving, whichever comes first, ends the step; the other then does nothing. */
    private static boolean after(long millis, Exchange exchange, AsyncCallback callback, Runnable reply) {
        if (millis == 0) {
            reply.run();
            callback.done(true);
            return true;
        }
        ClientCall call = Replies.call(exchange);
        long timer = vertx(call).setTimer(millis, due -> {
            reply.run();
            callback.done(false);
        });
        call.whenGone(() -> {
            if (vertx(call).cancelTimer(timer)) {
                callback.done(false);
            }
        });
        return false;
    }

    private static Format format(Exchange exchange) {
        return Format.of(Replies.call(exchange).dialect());
    }

    private static Vertx vertx(ClientCall call) {
        return call.loop().context().owner();
    }
}
