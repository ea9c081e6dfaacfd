package dev.serai.crash;

import dev.serai.testing.RawClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Serai in a process of its own, so that it can be killed. */
final class ServerProcess {
    private final Process process;
    private final int port;

    private ServerProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * Starts one and waits until it answers.
     *
     * @param environment settings, without ports
     */
    static ServerProcess start(Path home, int port, int adminPort, Map<String, String> environment) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.serai.Serai",
                        "--routes",
                        "routes",
                        "--config",
                        home.resolve("config").toString()))
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(home.resolve("log.txt").toFile()));
        Map<String, String> all = new HashMap<>(environment);
        all.put("SERAI_HOME", home.resolve("data").toString());
        all.put("SERAI_HOST", "127.0.0.1");
        all.put("SERAI_PORT", Integer.toString(port));
        all.put("SERAI_ADMIN_PORT", Integer.toString(adminPort));
        builder.environment().putAll(all);
        ServerProcess server = new ServerProcess(builder.start(), port);
        server.awaitReady();
        return server;
    }

    private void awaitReady() throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
        while (System.nanoTime() < end && process.isAlive()) {
            try (RawClient client = new RawClient(port)) {
                client.send("GET /health HTTP/1.1\r\nHost: test\r\n\r\n");
                if (client.read().status() == 200) {
                    return;
                }
            } catch (IOException e) {
                // not yet
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
        process.destroyForcibly();
        throw new IllegalStateException("it does not start");
    }

    /** As {@code kill -9} does it. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** As Ctrl-C does it. */
    void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }
}
