package dev.serai.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/**
 * A port of loopback at which nobody listens, for whoever must know its port before it opens it, or wants to find nobody. It is below
 * those that systems give to the clients' ends of connections and to whoever asks for any port: nobody gets it meanwhile.
 */
public final class FreePort {
    private static final int LOWEST = 20_000;
    private static final int COUNT = 12_000;

    /** Where to look next; tests that run beside each other begin at different places. */
    private static int next = (int) (ProcessHandle.current().pid() * 101 % COUNT);

    private FreePort() {}

    /** Another one than before. */
    public static synchronized int find() {
        for (int tried = 0; tried < COUNT; tried++) {
            next = (next + 1) % COUNT;
            try (ServerSocket free = new ServerSocket(LOWEST + next, 1, InetAddress.getLoopbackAddress())) {
                return free.getLocalPort();
            } catch (IOException taken) {
                // the one behind it may be free
            }
        }
        throw new IllegalStateException("every port is taken");
    }
}
