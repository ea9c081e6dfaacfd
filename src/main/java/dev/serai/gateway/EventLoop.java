package dev.serai.gateway;

import io.vertx.core.Context;
import java.time.Duration;

/**
 * The event loop that a request lives on, from its first byte to its last: everything that touches its connections runs here.
 *
 * @param context the Vert.x context of the loop's listener
 * @param thread  the loop's thread, which never changes
 */
public record EventLoop(Context context, Thread thread) {
    /** Captures the loop that the calling thread belongs to. */
    static EventLoop current(Context context) {
        return new EventLoop(context, Thread.currentThread());
    }

    /**
     * Runs the task on the loop after this time. Any thread; never blocks.
     *
     * @return forgets the task, if it has not run by then. Any thread.
     */
    public Runnable after(Duration time, Runnable task) {
        long timer = context.owner().setTimer(Math.max(1, time.toMillis()), due -> run(task));
        return () -> context.owner().cancelTimer(timer);
    }

    /** Runs the task on the loop soon, and never before this returns. Any thread; never blocks. */
    public void soon(Runnable task) {
        context.runOnContext(ignored -> task.run());
    }

    /** Runs the task on the loop: at once if the caller is there already, otherwise soon. Never blocks. */
    public void run(Runnable task) {
        if (Thread.currentThread() == thread) {
            task.run();
        } else {
            soon(task);
        }
    }
}
