package dev.serai.upstream;

import io.vertx.core.http.HttpClientResponse;

/** The header {@code Content-Encoding} of answers. */
public final class ContentEncoding {
    private ContentEncoding() {}

    /** Whether the answer is still packed: the client unpacks what it knows, and takes the header away. */
    public static boolean isLeft(HttpClientResponse response) {
        String encoding = response.getHeader("content-encoding");
        return encoding != null && !encoding.isBlank() && !encoding.equalsIgnoreCase("identity");
    }
}
