package dev.serai.testing;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A client on a raw socket: it sends byte for byte what it is told, and sees byte for byte what comes. */
public final class RawClient implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 30_000;

    private final Socket socket;
    private final InputStream in;

    public RawClient(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /** Sends a request with a body and its length. */
    public RawClient post(String path, String body, String... headers) throws IOException {
        StringBuilder head = new StringBuilder("POST " + path + " HTTP/1.1\r\nHost: test\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        head.append("Content-Length: ")
                .append(body.getBytes(StandardCharsets.UTF_8).length)
                .append("\r\n\r\n");
        return send(head + body);
    }

    public RawClient send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.UTF_8));
    }

    public RawClient send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return this;
    }

    /** A response, read to its end. {@code cleanEnd} is false if a chunked body broke off. */
    public record Response(int status, String head, String body, boolean cleanEnd) {
        /** The value of a header; empty if it is absent. */
        public String header(String name) {
            String prefix = name.toLowerCase(Locale.ROOT) + ":";
            return head.lines()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(prefix))
                    .map(line -> line.substring(prefix.length()).strip())
                    .findFirst()
                    .orElse("");
        }
    }

    /** Reads one response: by its length, by its chunks, or until the connection closes. */
    public Response read() throws IOException {
        String head = readHead();
        Response headOnly = new Response(Integer.parseInt(head.split(" ", 3)[1]), head, "", true);
        if (!headOnly.header("content-length").isEmpty()) {
            byte[] body = in.readNBytes(Integer.parseInt(headOnly.header("content-length")));
            return new Response(headOnly.status(), head, new String(body, StandardCharsets.UTF_8), true);
        }
        if (headOnly.header("transfer-encoding").equalsIgnoreCase("chunked")) {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            boolean clean = readChunks(body);
            return new Response(headOnly.status(), head, body.toString(StandardCharsets.UTF_8), clean);
        }
        return headOnly;
    }

    /** Reads a chunked body whose head has been read already. */
    public Response readBody() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        boolean clean = readChunks(body);
        return new Response(0, "", body.toString(StandardCharsets.UTF_8), clean);
    }

    /** Reads a head alone, such as that of {@code 100 Continue}. */
    public String readHead() throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("closed after: " + head.toString(StandardCharsets.ISO_8859_1));
            }
            head.write(next);
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    private boolean readChunks(ByteArrayOutputStream body) throws IOException {
        try {
            for (int size = chunkSize(); size > 0; size = chunkSize()) {
                body.write(in.readNBytes(size));
                in.readNBytes(2);
            }
            in.readNBytes(2);
            return true;
        } catch (IOException brokenOff) {
            return false;
        }
    }

    private int chunkSize() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new IOException("broken off");
            }
            line.append((char) next);
        }
        return Integer.parseInt(line.toString().strip(), 16);
    }

    /** The next chunk of a chunked body. */
    public String readChunk() throws IOException {
        String chunk = new String(in.readNBytes(chunkSize()), StandardCharsets.UTF_8);
        in.readNBytes(2);
        return chunk;
    }

    /** Whether the server says nothing and does not hang up for as long; reads nothing away. */
    public boolean hasNothingToReadFor(int millis) throws IOException {
        socket.setSoTimeout(millis);
        in.mark(1);
        try {
            in.read();
            in.reset();
            return false;
        } catch (SocketTimeoutException silent) {
            return true;
        } finally {
            socket.setSoTimeout(PATIENCE_MILLIS);
        }
    }

    /** Whether the server closes the connection within the client's patience. */
    public boolean isClosedByServer() throws IOException {
        try {
            return in.read() < 0;
        } catch (java.net.SocketException reset) {
            return true;
        }
    }

    /** Leaves as a killed process does: with a reset. */
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
