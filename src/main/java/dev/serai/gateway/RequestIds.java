package dev.serai.gateway;

import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Ids of requests: unique, sortable by time, safe in a header and a log line. */
final class RequestIds {
    private static final char[] DIGITS = "0123456789abcdefghijklmnopqrstuv".toCharArray();
    private static final int MAX_LENGTH = 128;

    private RequestIds() {}

    /** {@code req_} and 24 digits of base 32: 48 bits of milliseconds, 72 bits of chance. */
    static String next() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        char[] id = new char[28];
        "req_".getChars(0, 4, id, 0);
        digits(System.currentTimeMillis(), id, 4, 10);
        digits(random.nextLong(), id, 14, 7);
        digits(random.nextLong(), id, 21, 7);
        return new String(id);
    }

    /** Puts the ids into the response: Serai's own, and the client's if it gave one. Every answer has them, whoever writes it. */
    static void tell(HttpServerRequest request, String id) {
        String own = acceptable(request.getHeader("x-request-id"));
        request.response().putHeader("x-request-id", own == null ? id : own).putHeader("x-serai-request-id", id);
    }

    private static void digits(long value, char[] into, int from, int count) {
        long rest = value;
        for (int i = from + count - 1; i >= from; i--) {
            into[i] = DIGITS[(int) (rest & 31)];
            rest >>>= 5;
        }
    }

    /** The client's own id if it is one that can be logged and echoed as it is; otherwise null. */
    static @Nullable String acceptable(@Nullable String id) {
        if (id == null || id.isEmpty() || id.length() > MAX_LENGTH) {
            return null;
        }
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            boolean plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (!plain && c != '-' && c != '_' && c != '.') {
                return null;
            }
        }
        return id;
    }
}
