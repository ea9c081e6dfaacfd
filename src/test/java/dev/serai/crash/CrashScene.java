package dev.serai.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.testing.Await;
import dev.serai.testing.FreePort;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** A Serai under load, one process after the other on the same port, and whoever breaks it. */
abstract class CrashScene {
    @TempDir
    Path home;

    final PaidProvider provider = new PaidProvider();
    final int port = FreePort.find();
    final BusyClients clients = new BusyClients(port);
    private final Random random = new Random();
    private final List<ServerProcess> started = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        clients.stop();
        for (ServerProcess one : started) {
            one.kill();
        }
        provider.close();
    }

    final void start(Map<String, String> environment) throws Exception {
        started.add(ServerProcess.start(home, port, environment));
    }

    final void start(SmallDisk disk, Map<String, String> environment) throws Exception {
        started.add(ServerProcess.start(disk.within(), home, disk.path().resolve("data"), port, environment));
    }

    final ServerProcess server() {
        return started.get(started.size() - 1);
    }

    /** At a random moment of the next ones. */
    final void sleepUpTo(int millis) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(random.nextInt(millis));
    }

    final int randomUpTo(int limit) {
        return random.nextInt(limit);
    }

    /** Stops when all that was charged is in the books. */
    final void stopServer(Path data) throws Exception {
        Await.within(30_000, "the spool is empty", () -> ServerProcess.isSpoolEmpty(data));
        server().stop();
    }

    /** Tells how it went, and holds the clients' side of it. */
    final void report(String what, int charged) {
        System.out.printf("%s: %s, %d charged%n", what, clients.told(), charged);
        assertThat(BusyClients.EXPECTED).containsAll(clients.told().keySet());
    }
}
