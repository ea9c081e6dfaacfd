package dev.serai.testing;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Lets a test use a client of Vert.x as it is meant to be used: on an event loop. A response begins to be delivered as soon as it
 * is there; a test that asks for its body on a thread of its own may be too late for the end of it, and waits forever.
 */
public final class OnLoop {
    private OnLoop() {}

    /** Asks on an event loop, and lets whoever asked wait for the answer wherever they are. */
    public static <T> CompletableFuture<T> ask(Vertx vertx, Supplier<Future<T>> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        vertx.runOnContext(here -> Future.succeededFuture()
                .compose(ready -> question.get())
                .onSuccess(answer::complete)
                .onFailure(answer::completeExceptionally));
        return answer;
    }
}
