package dev.serai.steps;

import dev.serai.dialect.ModelRequest;
import dev.serai.error.ErrorCode;
import dev.serai.error.GatewayException;
import dev.serai.gateway.ClientCall;
import dev.serai.json.JsonException;
import dev.serai.responses.ResponseStore;
import dev.serai.responses.StoredResponse;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.AsyncProcessorSupport;
import org.jspecify.annotations.Nullable;

/**
 * Puts the conversation in the place of {@code previous_response_id}, if Serai keeps it. If not, the id stays: a provider of responses
 * may know it.
 */
final class RecallResponse extends AsyncProcessorSupport {
    private final KeptResponses responses;
    private final Workers workers;
    private final int maxBodyBytes;

    /**
     * @param maxBodyBytes the body limit, which holds for whole conversations too
     */
    RecallResponse(KeptResponses responses, Workers workers, int maxBodyBytes) {
        this.maxBodyBytes = maxBodyBytes;
        this.responses = responses;
        this.workers = workers;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        ModelRequest request = Variables.request(exchange);
        String previous = responses.previous(request);
        ResponseStore store = responses.store();
        if (previous == null || store == null) {
            callback.done(true);
            return true;
        }
        CompletableFuture<Optional<StoredResponse>> found =
                store.find(KeptResponses.key(exchange, previous)).toCompletableFuture();
        // Whole conversations are long: they are put together elsewhere.
        var unused = found.thenAcceptAsync(kept -> kept.ifPresent(one -> expand(exchange, request, one)), workers)
                .whenComplete((done, failure) -> resume(exchange, callback, failure));
        return false;
    }

    private void expand(Exchange exchange, ModelRequest request, StoredResponse previous) {
        if ((long) previous.items().length + request.body().size() > maxBodyBytes) {
            throw new GatewayException(
                    ErrorCode.BODY_TOO_LARGE,
                    "The request with the conversation that it goes on from is larger than the limit of " + maxBodyBytes
                            + " bytes.",
                    KeptResponses.PREVIOUS);
        }
        try {
            exchange.setVariable(Variables.REQUEST, KeptResponses.expanded(request, previous));
        } catch (JsonException e) {
            throw new IllegalStateException("what was kept is no JSON", e);
        }
    }

    private static void resume(Exchange exchange, AsyncCallback callback, @Nullable Throwable failure) {
        if (failure != null) {
            exchange.setException(failure.getCause() == null ? failure : failure.getCause());
        }
        ClientCall call = ClientCall.of(exchange);
        if (call == null) {
            callback.done(false);
        } else {
            call.loop().run(() -> callback.done(false));
        }
    }
}
