package dev.serai.bench;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Verticle;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.Supplier;

/** What the two servers of the benchmark share: where they listen, and that they never outlive the driver. */
final class Servers {
    static final String LOOPBACK = "127.0.0.1";
    static final String HEALTH = "/health";
    static final int ACCEPT_BACKLOG = 8192;

    private Servers() {}

    /** Runs one instance on each core until standard input ends, which it does when the driver is gone. */
    static void serve(Supplier<Verticle> server) {
        int loops = Runtime.getRuntime().availableProcessors();
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(loops));
        vertx.deployVerticle(server, new DeploymentOptions().setInstances(loops))
                .onFailure(cause -> {
                    System.err.println("cannot listen: " + cause.getMessage());
                    System.exit(1);
                });
        awaitEndOfInput();
        System.exit(0);
    }

    private static void awaitEndOfInput() {
        try {
            System.in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException gone) {
            // A broken pipe says the same as its end: the driver is gone.
        }
    }
}
