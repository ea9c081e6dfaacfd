package dev.serai.gateway;

import dev.serai.error.ErrorCode;
import dev.serai.error.GatewayError;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers to requests that no route sees, in the dialect that they suggest. On the request's event loop. */
record Refusals(GatewayComponent component) {
    Future<Void> stopping(HttpServerRequest request) {
        return refuse(
                request,
                ErrorCode.OVERLOADED,
                "This gateway is starting or stopping; try again in a moment.",
                RequestIds.next());
    }

    void notFound(HttpServerRequest request) {
        refuse(
                request,
                ErrorCode.NOT_FOUND,
                "There is nothing at " + printable(request.path()) + "; see GET /v1/models.",
                RequestIds.next());
    }

    Future<Void> full(HttpServerRequest request, String id) {
        return refuse(
                request,
                ErrorCode.OVERLOADED,
                "This gateway serves as many requests as it may (serai.max-requests); try again in a moment.",
                id);
    }

    void method(HttpServerRequest request, List<GatewayConsumer> consumers) {
        String allowed = String.join(
                ", ",
                consumers.stream()
                        .flatMap(consumer -> consumer.getEndpoint().getMethodSet().stream())
                        .sorted()
                        .toList());
        request.response().putHeader("allow", allowed);
        String asked = request.method().name();
        refuse(
                request,
                ErrorCode.METHOD_NOT_ALLOWED,
                printable(request.path()) + " takes " + allowed + ", not " + asked + ".",
                RequestIds.next());
    }

    /** Vert.x hands over what Netty could not decode: too long a line, too many headers, or no HTTP at all. */
    void unreadable(HttpServerRequest request) {
        Throwable cause = request.decoderResult().cause();
        GatewayOptions options = component.options();
        ErrorCode code = ErrorCode.BAD_REQUEST;
        String message = "This is not a readable HTTP request.";
        if (cause instanceof TooLongHttpLineException) {
            code = ErrorCode.URL_TOO_LONG;
            message = "The URL is longer than " + options.maxUrlBytes() + " bytes.";
        } else if (cause instanceof TooLongHttpHeaderException) {
            code = ErrorCode.HEADERS_TOO_LARGE;
            message = "The headers are larger than " + options.maxHeaderBytes() + " bytes in all.";
        }
        refuse(request, code, message, RequestIds.next());
    }

    private Future<Void> refuse(HttpServerRequest request, ErrorCode code, String message, String id) {
        String path = request.path();
        OwnWords words = component.words();
        String dialect =
                words.guessDialect(path == null ? "" : path, request.headers().contains("anthropic-version"));
        GatewayError error = new GatewayError(code.status(), code.code(), message, null, id);
        HttpServerResponse response = request.response();
        response.setStatusCode(code.status());
        response.putHeader("content-type", "application/json");
        RequestIds.tell(request, id);
        if (code == ErrorCode.OVERLOADED) {
            response.putHeader("retry-after", "1");
        }
        return ReplyWriter.endAndDiscardRest(request, Buffer.buffer(words.body(dialect, error)));
    }

    /** A path as it may be shown: no query (it can hold a key), no control characters, not endless. */
    private static String printable(@Nullable String path) {
        String shown = path == null ? "" : path.replaceAll("[^\\x21-\\x7e]", "?");
        return shown.length() <= 100 ? shown : shown.substring(0, 100) + "…";
    }
}
