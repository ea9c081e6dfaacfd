package dev.serai.steps;

import dev.serai.dialect.Dialects;
import dev.serai.dialect.ModelRequest;
import dev.serai.dialect.ReplyContext.Framing;
import dev.serai.dialect.RequestTarget;
import dev.serai.error.ErrorCode;
import dev.serai.error.GatewayException;
import dev.serai.gateway.ClientCall;
import dev.serai.gateway.StreamForm;
import dev.serai.json.JsonDocument;
import dev.serai.json.JsonException;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.AsyncProcessorSupport;
import org.jspecify.annotations.Nullable;

/** Reads the body, only now that the client is known, and the part of it that routing needs. Large bodies are read elsewhere. */
final class ReadRequest extends AsyncProcessorSupport {
    private final Dialects dialects;
    private final Workers workers;
    private final int maxBodyBytes;

    ReadRequest(Dialects dialects, Workers workers, int maxBodyBytes) {
        this.dialects = dialects;
        this.workers = workers;
        this.maxBodyBytes = maxBodyBytes;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        ClientCall call = ClientCall.of(exchange);
        boolean gzip;
        try {
            checkContentType(exchange.getMessage().getHeader("Content-Type", String.class));
            gzip = isGzip(exchange.getMessage().getHeader("Content-Encoding", String.class));
        } catch (GatewayException e) {
            exchange.setException(e);
            callback.done(true);
            return true;
        }
        CompletableFuture<byte[]> body = call == null
                ? CompletableFuture.completedFuture(exchange.getMessage().getBody(byte[].class))
                : call.readBody();
        String dialect = Variables.require(exchange, Variables.DIALECT, String.class);
        RequestTarget target = target(exchange, call);
        var unused = body.whenComplete((bytes, refusal) -> {
            Supplier<ModelRequest> reading =
                    () -> parse(dialect, target, gzip ? Gzip.inflate(bytes, maxBodyBytes) : bytes);
            if (refusal != null) {
                resume(exchange, callback, call, null, refusal);
            } else if (!gzip && Workers.mayStay(bytes.length)) {
                settle(reading, exchange, callback, call);
            } else {
                try {
                    workers.execute(() -> settle(reading, exchange, callback, call));
                } catch (GatewayException full) {
                    resume(exchange, callback, call, null, full);
                }
            }
        });
        return false;
    }

    private static void settle(
            Supplier<ModelRequest> reading, Exchange exchange, AsyncCallback callback, @Nullable ClientCall call) {
        ModelRequest request;
        try {
            request = reading.get();
        } catch (RuntimeException refused) {
            resume(exchange, callback, call, null, refused);
            return;
        }
        resume(exchange, callback, call, request, null);
    }

    /** A request from elsewhere in an application says its path as Camel's HTTP components do, if at all. */
    private static RequestTarget target(Exchange exchange, @Nullable ClientCall call) {
        return call == null
                ? new RequestTarget(exchange.getMessage().getHeader(Exchange.HTTP_PATH, "", String.class), null)
                : new RequestTarget(call.path(), call.queryParameter("alt"));
    }

    private ModelRequest parse(String dialect, RequestTarget target, byte[] body) {
        if (body.length == 0) {
            throw invalid("The request has no body; send a JSON object with at least a model.");
        }
        try {
            return dialects.get(dialect).readRequest(JsonDocument.parse(body), target);
        } catch (JsonException e) {
            throw invalid("The request body is not what it should be: " + e.getMessage());
        }
    }

    private static void resume(
            Exchange exchange,
            AsyncCallback callback,
            @Nullable ClientCall call,
            @Nullable ModelRequest request,
            @Nullable Throwable failure) {
        Runnable next = () -> {
            if (failure == null) {
                exchange.setVariable(Variables.REQUEST, request);
                if (call != null && request != null && request.stream()) {
                    call.awaitStream(request.framing() == Framing.JSON_ARRAY ? StreamForm.ARRAY : StreamForm.EVENTS);
                }
            } else {
                exchange.setException(failure);
            }
            callback.done(false);
        };
        if (call == null) {
            next.run();
        } else {
            call.loop().run(next);
        }
    }

    private static void checkContentType(@Nullable String contentType) {
        if (contentType == null) {
            return;
        }
        int semicolon = contentType.indexOf(';');
        String type = (semicolon < 0 ? contentType : contentType.substring(0, semicolon)).strip();
        String lower = type.toLowerCase(Locale.ROOT);
        if (!lower.equals("application/json") && !lower.endsWith("+json")) {
            throw new GatewayException(
                    ErrorCode.UNSUPPORTED_MEDIA_TYPE,
                    "The body must be JSON: send it with the header Content-Type: application/json.");
        }
    }

    private static boolean isGzip(@Nullable String encoding) {
        if (encoding == null || encoding.equalsIgnoreCase("identity")) {
            return false;
        }
        if (encoding.equalsIgnoreCase("gzip") || encoding.equalsIgnoreCase("x-gzip")) {
            return true;
        }
        throw new GatewayException(
                ErrorCode.UNSUPPORTED_MEDIA_TYPE, "A compressed body must be gzip; other encodings are not read.");
    }

    private static GatewayException invalid(String message) {
        return new GatewayException(ErrorCode.INVALID_REQUEST_BODY, message);
    }
}
