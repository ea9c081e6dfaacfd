package dev.serai.upstream;

import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.vertx.core.VertxException;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;

/** Failures of the network in words that an operator can act on; the words of libraries are kept where they help. */
final class Reasons {
    private static final int MAX_LENGTH = 200;

    private Reasons() {}

    static String of(Throwable failure) {
        if (failure instanceof UnknownHostException) {
            return "its name could not be resolved";
        }
        if (failure instanceof ConnectTimeoutException) {
            return "connecting took too long";
        }
        if (failure instanceof ConnectException) {
            return "the connection was refused";
        }
        if (failure instanceof SSLException || failure.getCause() instanceof SSLException) {
            return "TLS failed: " + oneLine(failure);
        }
        if (failure instanceof ConnectionPoolTooBusyException) {
            return "too many connections to it are open";
        }
        if (failure instanceof TooLongHttpHeaderException) {
            return "its headers are too large";
        }
        if (failure instanceof VertxException) {
            return "the connection was closed";
        }
        return oneLine(failure);
    }

    private static String oneLine(Throwable failure) {
        String message = failure.getMessage();
        String line = message == null || message.isBlank()
                ? failure.getClass().getSimpleName()
                : message.replaceAll("\\s+", " ").strip();
        return line.length() <= MAX_LENGTH ? line : line.substring(0, MAX_LENGTH) + "…";
    }
}
