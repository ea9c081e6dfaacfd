package dev.serai.testing;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server on a raw socket that follows a script: it answers byte for byte what it is told, in the pieces and at the times it is
 * told, and can stall, cut and reset. Each connection runs the script on a thread of its own.
 */
public final class RawServer implements AutoCloseable {
    /** What to do with a connection. */
    @FunctionalInterface
    public interface Script {
        void run(Connection connection) throws IOException, InterruptedException;
    }

    /** A request as it arrived. */
    public record Received(String head, byte[] body) {
        /** The value of a header; empty if it is absent. */
        public String header(String name) {
            String prefix = name.toLowerCase(Locale.ROOT) + ":";
            return head.lines()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(prefix))
                    .map(line -> line.substring(prefix.length()).strip())
                    .findFirst()
                    .orElse("");
        }

        public String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    private static final long LONG_MILLIS = 10_000;

    private final ServerSocket socket;
    private final Script script;
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final CountDownLatch clientLeft = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread acceptor = daemon("raw-server", this::accept);

    private RawServer(ServerSocket socket, Script script) {
        this.socket = socket;
        this.script = script;
    }

    /** Starts a server on a free loopback port. */
    public static RawServer start(Script script) {
        try {
            RawServer server = new RawServer(new ServerSocket(0, 1_000, InetAddress.getLoopbackAddress()), script);
            server.acceptor.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A server that answers every request with this, keeping connections open. */
    public static RawServer answering(String response) {
        return start(connection -> {
            while (connection.hasRequest()) {
                connection.write(response);
            }
        });
    }

    /** An HTTP response with a JSON body. */
    public static String json(int status, String body) {
        return response(status, "application/json", body);
    }

    public static String response(int status, String type, String body) {
        int length = body.getBytes(StandardCharsets.UTF_8).length;
        return "HTTP/1.1 " + status + " Said\r\nContent-Type: " + type + "\r\nContent-Length: " + length + "\r\n\r\n"
                + body;
    }

    /** The head of a chunked event stream. */
    public static String streamHead() {
        return "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";
    }

    /** One HTTP chunk. */
    public static String chunk(String text) {
        return Integer.toHexString(text.getBytes(StandardCharsets.UTF_8).length) + "\r\n" + text + "\r\n";
    }

    /** The chunk that ends a chunked body cleanly. */
    public static String lastChunk() {
        return "0\r\n\r\n";
    }

    private static Thread daemon(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                open.add(client);
                connections.incrementAndGet();
                daemon("raw-connection", () -> serve(client)).start();
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            client.setTcpNoDelay(true);
            script.run(new Connection(client));
        } catch (IOException gone) {
            clientLeft.countDown();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    public int port() {
        return socket.getLocalPort();
    }

    public String url() {
        return "http://127.0.0.1:" + port();
    }

    /** Every request so far. */
    public List<Received> received() {
        return received;
    }

    public int connections() {
        return connections.get();
    }

    /** Waits until a script noticed that its client had left. */
    public void awaitClientToLeave() {
        Await.until("the client leaves", this::hasClientLeft);
    }

    /** Whether a script noticed that its client had left. */
    public boolean hasClientLeft() {
        return clientLeft.getCount() == 0;
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            socket.close();
            // Until it has left its call, somebody may still be let in.
            acceptor.join(LONG_MILLIS);
            for (Socket client : open) {
                client.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One connection, in the hands of a script. */
    public final class Connection {
        private final Socket client;
        private final InputStream in;
        private final OutputStream out;
        private Received last = new Received("", new byte[0]);

        Connection(Socket client) throws IOException {
            this.client = client;
            this.in = new BufferedInputStream(client.getInputStream());
            this.out = client.getOutputStream();
        }

        /** Reads the next request; false if the client has closed the connection instead. */
        public boolean hasRequest() throws IOException {
            ByteArrayOutputStream head = new ByteArrayOutputStream();
            while (!endsHead(head)) {
                int next = in.read();
                if (next < 0) {
                    return false;
                }
                head.write(next);
            }
            String text = head.toString(StandardCharsets.ISO_8859_1);
            String length = new Received(text, new byte[0]).header("content-length");
            last = new Received(text, in.readNBytes(length.isEmpty() ? 0 : Integer.parseInt(length)));
            received.add(last);
            return true;
        }

        private boolean endsHead(ByteArrayOutputStream head) {
            String text = head.toString(StandardCharsets.ISO_8859_1);
            return text.endsWith("\r\n\r\n");
        }

        /** The request that was read last from this connection. */
        public Received request() {
            return last;
        }

        /** Writes and flushes, as one piece as far as the network lets it. */
        public void write(String text) throws IOException {
            write(text.getBytes(StandardCharsets.UTF_8));
        }

        public void write(byte[] bytes) throws IOException {
            out.write(bytes);
            out.flush();
        }

        /** Writes one byte at a time. */
        public void writeByteByByte(String text) throws IOException {
            for (byte single : text.getBytes(StandardCharsets.UTF_8)) {
                out.write(single);
                out.flush();
            }
        }

        /** Lets time pass; less of it if the server is closed meanwhile. */
        public void pause(long millis) throws InterruptedException {
            boolean unused = closed.await(millis, TimeUnit.MILLISECONDS);
        }

        /** Closes with a reset instead of a farewell. */
        public void reset() throws SocketException, IOException {
            client.setSoLinger(true, 0);
            client.close();
        }

        public void close() throws IOException {
            client.close();
        }

        /** Does nothing until the client leaves, and says so. */
        public void waitUntilClientLeaves() throws IOException {
            while (in.read() >= 0) {
                // what a client sends meanwhile is of no interest
            }
            clientLeft.countDown();
        }
    }
}
