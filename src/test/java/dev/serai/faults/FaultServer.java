package dev.serai.faults;

import dev.serai.testing.RawServer;
import dev.serai.testing.RawServer.Connection;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

/** A provider that does to every request what it is told, and knows how many it has in hand. */
final class FaultServer implements AutoCloseable {
    private final RawServer server = RawServer.start(this::serve);
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger inHand = new AtomicInteger();
    private volatile Turn.Deed deed = Turn::answer;

    private void serve(Connection connection) throws IOException, InterruptedException {
        while (connection.hasRequest()) {
            inHand.incrementAndGet();
            try {
                RawServer.Received request = connection.request();
                deed.to(new Turn(connection, tongue(request), streamed(request), requests.incrementAndGet()));
            } finally {
                inHand.decrementAndGet();
            }
        }
    }

    private static Tongue tongue(RawServer.Received request) {
        return request.head().startsWith("POST " + Tongue.MESSAGES.path) ? Tongue.MESSAGES : Tongue.CHAT;
    }

    private static boolean streamed(RawServer.Received request) {
        return request.text().replace(" ", "").contains("\"stream\":true");
    }

    /** From now on; the count of requests begins anew. */
    void does(Turn.Deed other) {
        requests.set(0);
        deed = other;
    }

    /** Since it was told what to do. */
    int requests() {
        return requests.get();
    }

    /** Requests that have neither been answered to the end nor given up by the client. */
    int inHand() {
        return inHand.get();
    }

    int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.close();
    }
}
