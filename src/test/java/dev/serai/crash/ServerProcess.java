package dev.serai.crash;

import dev.serai.RunningSerai;
import dev.serai.testing.FreePort;
import dev.serai.testing.RawClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Serai in a process of its own, so that it can be killed. */
final class ServerProcess {
    private static final int MOST_LOOKS = 1_800;
    private static final int MILLIS_BETWEEN_LOOKS = 50;

    private final Process process;
    private final int port;
    private final Path log;

    private ServerProcess(Process process, int port, Path log) {
        this.process = process;
        this.port = port;
        this.log = log;
    }

    /** Settings of a Serai that accounts pay in advance. */
    static Map<String, String> prepaid(String database) {
        return Map.of(
                "SERAI_CREDITS",
                "prepaid",
                "SERAI_RELOAD",
                "off",
                "SERAI_BOOTSTRAP_ACCESS_KEY",
                RunningSerai.KEY,
                "SERAI_DATABASE_URL",
                database);
    }

    /** Starts one that keeps its data in {@code data}, and waits until it answers. */
    static ServerProcess start(Path home, int port, Map<String, String> environment) throws Exception {
        return start(List.of(), home, home.resolve("data"), port, environment);
    }

    /**
     * Starts one and waits until it answers.
     *
     * @param within      a command that is given the command to run
     * @param home        where its configuration is, its routes if they are not those that are shipped, and its log
     * @param environment settings, without ports
     */
    static ServerProcess start(List<String> within, Path home, Path data, int port, Map<String, String> environment)
            throws Exception {
        Path own = home.resolve("routes");
        List<String> command = new ArrayList<>(within);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.serai.Serai",
                "--routes",
                (Files.exists(own) ? own : Path.of("routes").toAbsolutePath()).toString(),
                "--config",
                home.resolve("config").toString()));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(home.resolve("log.txt").toFile()));
        Map<String, String> all = new HashMap<>(environment);
        all.put("SERAI_HOME", data.toString());
        all.put("SERAI_HOST", "127.0.0.1");
        all.put("SERAI_PORT", Integer.toString(port));
        all.put("SERAI_ADMIN_PORT", Integer.toString(FreePort.find()));
        builder.environment().putAll(all);
        ServerProcess server = new ServerProcess(builder.start(), port, home.resolve("log.txt"));
        server.awaitReady();
        return server;
    }

    private void awaitReady() throws Exception {
        // Counted and not timed: whoever pauses all of this for a while makes nothing fail.
        for (int look = 0; look < MOST_LOOKS && process.isAlive(); look++) {
            try (RawClient client = new RawClient(port)) {
                client.send("GET /health HTTP/1.1\r\nHost: test\r\n\r\n");
                if (client.read().status() == 200) {
                    return;
                }
            } catch (IOException e) {
                // not yet
            }
            TimeUnit.MILLISECONDS.sleep(MILLIS_BETWEEN_LOOKS);
        }
        boolean isAlive = process.isAlive();
        process.destroyForcibly();
        throw new IllegalStateException(
                (isAlive ? "it takes too long to start: " : "it does not start: ") + Files.readString(log));
    }

    /** Whether nothing waits for the store in this folder of data. */
    static boolean isSpoolEmpty(Path data) {
        try (var files = Files.list(data.resolve("spool"))) {
            return files.findAny().isEmpty();
        } catch (IOException e) {
            return false;
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    long pid() {
        return process.pid();
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
