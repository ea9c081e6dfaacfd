package dev.serai.steps;

import dev.serai.access.Secrets;
import dev.serai.conversation.ChatFailure;
import dev.serai.dialect.ChatCodec;
import dev.serai.dialect.Dialect;
import dev.serai.dialect.Dialects;
import dev.serai.dialect.Translator;
import dev.serai.error.ErrorCode;
import dev.serai.error.GatewayError;
import dev.serai.error.GatewayException;
import dev.serai.gateway.ClientCall;
import dev.serai.json.JsonDocument;
import dev.serai.json.JsonException;
import dev.serai.upstream.Outcome;
import dev.serai.upstream.UpstreamException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns whatever went wrong into an answer in the client's dialect. One provider that refused is quoted in its own words; several
 * are listed; a fault of Serai's own is logged with its stack trace and told without it.
 */
final class WriteError implements Processor {
    private static final Logger LOG = LoggerFactory.getLogger(WriteError.class);

    private final Dialects dialects;
    private final Translator translator;
    private final Secrets secrets;

    /** @param secrets what no error may contain, whoever worded it: a provider may repeat the credential it was given */
    WriteError(Dialects dialects, Translator translator, Secrets secrets) {
        this.dialects = dialects;
        this.translator = translator;
        this.secrets = secrets;
    }

    @Override
    public void process(Exchange exchange) {
        Exception caught = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        Dialect dialect = dialects.get(Variables.require(exchange, Variables.DIALECT, String.class));
        ClientCall call = ClientCall.of(exchange);
        String requestId = call == null ? exchange.getExchangeId() : call.requestId();
        Attempts attempts = exchange.getVariable(Variables.ATTEMPTS, Attempts.class);
        Message message = exchange.getMessage();
        message.removeHeaders("*");
        if (attempts != null
                && attempts.isOfOneCandidate()
                && caught instanceof UpstreamException failed
                && failed.outcome() instanceof Outcome.Refused refused) {
            Attempts.Tried refusal = Variables.attempt(exchange);
            quote(message, refused, dialect, refusal, requestId);
            tell(call, quoted(refused, refusal, requestId));
            return;
        }
        GatewayError error = error(caught, attempts, requestId);
        write(message, dialect, error);
        if (caught instanceof GatewayException refused && refused.retryAfterSeconds() != null) {
            message.setHeader("retry-after", refused.retryAfterSeconds().toString());
        }
        tell(call, error);
    }

    /** For the case that the client was kept waiting with signs of life, and the status and the body come too late. */
    private void tell(@Nullable ClientCall call, GatewayError error) {
        if (call != null) {
            String told = secrets.redactRegistered(error.message());
            call.failed(new GatewayError(error.status(), error.code(), told, error.param(), error.requestId()));
        }
    }

    /** The provider's own words, as far as an event has place for them. */
    private GatewayError quoted(Outcome.Refused refused, Attempts.Tried attempt, String requestId) {
        ChatFailure failure = refused.status() < 400
                ? null
                : translator.failure(attempt.candidate().dialect(), refused.status(), refused.body(), null);
        if (failure == null || failure.message().isBlank()) {
            return unquoted(refused, attempt, requestId);
        }
        String code = failure.code() == null ? ErrorCode.PROVIDER_FAILED.code() : failure.code();
        return new GatewayError(refused.status(), code, failure.message(), failure.param(), requestId);
    }

    private static GatewayError unquoted(Outcome.Refused refused, Attempts.Tried attempt, String requestId) {
        int status = refused.status() < 400 ? ErrorCode.PROVIDER_FAILED.status() : refused.status();
        String text = "The only candidate failed: " + attempt.failure() + ".";
        return new GatewayError(status, ErrorCode.PROVIDER_FAILED.code(), text, null, requestId);
    }

    private void write(Message message, Dialect dialect, GatewayError error) {
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, error.status());
        message.setHeader("Content-Type", "application/json");
        if (error.status() == ErrorCode.OVERLOADED.status()) {
            message.setHeader("retry-after", "1");
        }
        setBody(message, dialect.error(error));
    }

    private void setBody(Message message, byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8);
        message.setBody(secrets.redactRegistered(text).getBytes(StandardCharsets.UTF_8));
    }

    private static GatewayError error(@Nullable Exception caught, @Nullable Attempts attempts, String requestId) {
        if (caught instanceof GatewayException refused) {
            return refused.toError(requestId);
        }
        if (caught instanceof UpstreamException failed && attempts != null) {
            return upstreamError(failed.outcome(), attempts).toError(requestId);
        }
        if (caught instanceof RejectedExecutionException) {
            return new GatewayException(
                            ErrorCode.OVERLOADED,
                            "Too many requests wait for a step of this gateway's routes; try again in a moment.")
                    .toError(requestId);
        }
        LOG.atError().setCause(caught).addKeyValue("request_id", requestId).log("A route failed");
        return new GatewayException(
                        ErrorCode.INTERNAL_ERROR,
                        "Serai failed to answer; the log says why under the request id " + requestId + ".")
                .toError(requestId);
    }

    private static GatewayException upstreamError(Outcome.Failure outcome, Attempts attempts) {
        String tried = attempts.tried().stream().map(Attempts.Tried::failure).collect(Collectors.joining("; "));
        if (attempts.course().timeLeft().isZero()) {
            return new GatewayException(ErrorCode.TIMED_OUT, "No answer came in time: " + tried + ".");
        }
        if (!attempts.isOfOneCandidate()) {
            return new GatewayException(ErrorCode.ALL_PROVIDERS_FAILED, "Every candidate failed: " + tried + ".");
        }
        ErrorCode code =
                switch (outcome.kind()) {
                    case UNTRANSLATABLE -> ErrorCode.UNTRANSLATABLE_REQUEST;
                    case UNREACHABLE -> ErrorCode.PROVIDER_UNREACHABLE;
                    case LEFT_ALONE -> ErrorCode.ALL_PROVIDERS_FAILED;
                    case FULL -> ErrorCode.OVERLOADED;
                    case TIMED_OUT -> ErrorCode.TIMED_OUT;
                    case CANCELLED -> ErrorCode.BAD_REQUEST;
                    case RESET, UNUSABLE, BROKEN, REFUSED, ANSWERED -> ErrorCode.PROVIDER_FAILED;
                };
        return new GatewayException(code, "The only candidate failed: " + tried + ".");
    }

    /**
     * The provider's own status and body, if the body is an error of the client's dialect; the same in the client's dialect, if the
     * provider speaks another; otherwise its status in an envelope.
     */
    private void quote(
            Message message, Outcome.Refused refused, Dialect dialect, Attempts.Tried attempt, String requestId) {
        ChatCodec.EncodedError translated = refused.status() < 400
                ? null
                : translator.error(
                        dialect.id(), attempt.candidate().dialect(), refused.status(), refused.body(), null, requestId);
        if (translated != null) {
            quote(message, translated.status(), translated.body());
        } else if (refused.status() >= 400 && isError(refused.body(), dialect)) {
            quote(message, refused.status(), refused.body());
        } else {
            write(message, dialect, unquoted(refused, attempt, requestId));
        }
        refused.headers().forEach((name, value) -> {
            if (name.equals("retry-after") || name.startsWith("x-ratelimit-")) {
                message.setHeader(name, value);
            }
        });
    }

    private void quote(Message message, int status, byte[] body) {
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, status);
        message.setHeader("Content-Type", "application/json");
        setBody(message, body);
    }

    private static boolean isError(byte[] body, Dialect dialect) {
        try {
            return dialect.isError(JsonDocument.parse(body));
        } catch (JsonException notJson) {
            return false;
        }
    }
}
