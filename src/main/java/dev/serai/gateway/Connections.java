package dev.serai.gateway;

import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The open connections of one event loop, and which of them are held for nothing. On that loop alone. */
final class Connections {
    private final long idleNanos;
    private final long stalledNanos;
    private final Map<HttpConnection, Watched> open = new HashMap<>();

    /** What is known of a connection: how many calls it carries, since when none, since when its client takes nothing. */
    private static final class Watched {
        int calls;
        long idleSince = System.nanoTime();
        boolean stalled;
        long stalledSince;
    }

    Connections(GatewayOptions options) {
        idleNanos = options.idleTimeout().toNanos();
        stalledNanos = options.stalledTimeout().toNanos();
    }

    void add(HttpConnection connection) {
        open.put(connection, new Watched());
        connection.closeHandler(gone -> open.remove(connection));
    }

    void begin(HttpConnection connection) {
        Watched watched = open.get(connection);
        if (watched != null) {
            watched.calls++;
        }
    }

    /** @return whether the connection carries no call any more */
    boolean end(HttpConnection connection) {
        Watched watched = open.get(connection);
        if (watched == null) {
            return false;
        }
        watched.calls--;
        watched.idleSince = System.nanoTime();
        return watched.calls == 0;
    }

    /** Closes those that have been without a call, or whose clients have not read, for too long. */
    void sweep() {
        long now = System.nanoTime();
        // Copies, because closing removes.
        for (Map.Entry<HttpConnection, Watched> entry : List.copyOf(open.entrySet())) {
            Watched watched = entry.getValue();
            if (watched.calls == 0 && now - watched.idleSince > idleNanos) {
                entry.getKey().close();
            } else if (isStalled(entry.getKey(), watched, now)) {
                reset(entry.getKey());
            }
        }
    }

    private boolean isStalled(HttpConnection connection, Watched watched, long now) {
        ConnectionBase base = internal(connection);
        boolean stalled = base != null && !base.channel().isWritable();
        if (stalled && !watched.stalled) {
            watched.stalledSince = now;
        }
        watched.stalled = stalled;
        return stalled && now - watched.stalledSince > stalledNanos;
    }

    /** Closes those without a call, and lets no new ones come. */
    void drain() {
        for (Map.Entry<HttpConnection, Watched> entry : List.copyOf(open.entrySet())) {
            stopAccepting(entry.getKey());
            if (entry.getValue().calls == 0) {
                entry.getKey().close();
            }
        }
    }

    /**
     * Closes the listening socket and nothing else. HttpServer.close() would close the open connections with it, so the socket is
     * reached as the parent of one of them; where there is none, there is nothing to wait for and close() follows at once.
     */
    private static void stopAccepting(HttpConnection connection) {
        ConnectionBase base = internal(connection);
        if (base != null && base.channel().parent() != null) {
            var unused = base.channel().parent().close();
        }
    }

    /**
     * HttpConnection.close(), and even the channel's own, would first write what waits to be written, and that is what never ends
     * here. The handler's context closes below the handler that waits.
     */
    private static void reset(HttpConnection connection) {
        ConnectionBase base = internal(connection);
        if (base != null) {
            var unused = base.channelHandlerContext().close();
        }
    }

    /** Vert.x's own class of a connection: the one way to the channel below it. */
    private static @Nullable ConnectionBase internal(HttpConnection connection) {
        return connection instanceof ConnectionBase base ? base : null;
    }
}
