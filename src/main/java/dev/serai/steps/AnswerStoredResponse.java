package dev.serai.steps;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.serai.error.ErrorCode;
import dev.serai.error.GatewayException;
import dev.serai.gateway.ClientCall;
import dev.serai.json.JsonText;
import dev.serai.responses.ResponseStore;
import dev.serai.responses.StoredResponse;
import java.util.concurrent.CompletionStage;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.AsyncProcessorSupport;
import org.jspecify.annotations.Nullable;

/** Shows a response that Serai keeps, or forgets it: {@code GET} and {@code DELETE} of {@code /v1/responses/{id}}. */
final class AnswerStoredResponse extends AsyncProcessorSupport {
    private static final String PATH = "/v1/responses/";

    private final KeptResponses responses;

    AnswerStoredResponse(KeptResponses responses) {
        this.responses = responses;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        ClientCall call = ClientCall.of(exchange);
        ResponseStore store = responses.store();
        if (call == null || store == null || !call.path().startsWith(PATH)) {
            exchange.setException(missing());
            callback.done(true);
            return true;
        }
        String id = call.path().substring(PATH.length());
        ResponseStore.Key key = KeptResponses.key(exchange, id);
        CompletionStage<byte[]> answer = call.method().equals("DELETE")
                ? store.remove(key).thenApply(there -> there ? deleted(id) : new byte[0])
                : store.find(key)
                        .thenApply(kept -> kept.map(StoredResponse::response).orElse(new byte[0]));
        var unused = answer.whenComplete((body, failure) -> call.loop().run(() -> {
            answer(exchange, body, failure);
            callback.done(false);
        }));
        return false;
    }

    private void answer(Exchange exchange, byte @Nullable [] body, @Nullable Throwable failure) {
        if (failure != null || body == null || body.length == 0) {
            exchange.setException(failure == null ? missing() : failure);
            return;
        }
        Message message = exchange.getMessage();
        message.removeHeaders("*");
        message.setHeader("Content-Type", "application/json");
        message.setBody(body);
    }

    private static byte[] deleted(String id) {
        String quoted = new String(JsonText.quoted(id), UTF_8);
        return ("{\"id\":" + quoted + ",\"object\":\"response\",\"deleted\":true}").getBytes(UTF_8);
    }

    private GatewayException missing() {
        return new GatewayException(
                ErrorCode.NOT_FOUND, "There is no such response here" + responses.explanation() + ".");
    }
}
