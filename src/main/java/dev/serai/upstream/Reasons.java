package dev.serai.upstream;

import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.ssl.NotSslRecordException;
import io.vertx.core.VertxException;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.http.StreamResetException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** Failures of the network in words that an operator can act on; the words of libraries are kept where they help. */
final class Reasons {
    private static final int MAX_LENGTH = 200;
    private static final int MAX_DEPTH = 10;

    private Reasons() {}

    static String of(Throwable failure) {
        if (failure instanceof UnknownHostException) {
            return "its name could not be resolved";
        }
        if (failure instanceof ConnectTimeoutException || failure instanceof TimeoutException) {
            return "connecting took too long";
        }
        if (failure instanceof ConnectException) {
            return "the connection was refused";
        }
        if (failure instanceof SSLException || failure.getCause() instanceof SSLException) {
            return "TLS failed: " + tls(failure);
        }
        if (failure instanceof ConnectionPoolTooBusyException) {
            return "too many connections to it are open";
        }
        if (failure instanceof TooLongHttpHeaderException) {
            return "its headers are too large";
        }
        if (failure instanceof StreamResetException) {
            return "the stream was reset";
        }
        if (failure instanceof VertxException || failure instanceof PrematureChannelClosureException) {
            return "the connection was closed";
        }
        if (failure instanceof IOException
                && String.valueOf(failure.getMessage()).contains("reset")) {
            return "the connection was reset";
        }
        if (isUnreadable(failure)) {
            return "what it sent is no HTTP";
        }
        return oneLine(failure);
    }

    /** The innermost cause is the one that says what is wrong. */
    private static String tls(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause.getCause() != null && depth < MAX_DEPTH; depth++) {
            cause = cause.getCause();
        }
        return cause instanceof NotSslRecordException ? "what it sent is not TLS" : oneLine(cause);
    }

    /** What Netty says of bytes it cannot decode would quote them. */
    private static boolean isUnreadable(Throwable failure) {
        return failure instanceof IllegalArgumentException
                || failure instanceof IllegalStateException
                || failure instanceof DecoderException;
    }

    private static String oneLine(Throwable failure) {
        String message = failure.getMessage();
        String line = message == null || message.isBlank()
                ? failure.getClass().getSimpleName()
                : message.replaceAll("\\s+", " ").strip();
        return line.length() <= MAX_LENGTH ? line : line.substring(0, MAX_LENGTH) + "…";
    }
}
