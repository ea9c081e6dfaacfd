package dev.serai.steps;

import dev.serai.dialect.CodecException;
import dev.serai.dialect.Translator;
import dev.serai.error.ErrorCode;
import dev.serai.error.GatewayException;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.AsyncProcessorSupport;

/** Answers a question for a number of tokens with an estimate, and says that it is one. Large requests are read elsewhere. */
final class EstimateTokens extends AsyncProcessorSupport {
    private final Translator translator;
    private final Workers workers;

    EstimateTokens(Translator translator, Workers workers) {
        this.translator = translator;
        this.workers = workers;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        if (Workers.mayStay(Variables.request(exchange).body().size())) {
            answer(exchange);
            callback.done(true);
            return true;
        }
        return workers.finish(exchange, callback, () -> {
            answer(exchange);
            callback.done(false);
        });
    }

    private void answer(Exchange exchange) {
        try {
            byte[] answer = translator.estimate(Variables.request(exchange));
            Message message = exchange.getMessage();
            message.removeHeaders("*");
            message.setBody(answer);
            message.setHeader("Content-Type", "application/json");
            message.setHeader("x-serai-estimated", "true");
        } catch (CodecException e) {
            exchange.setException(new GatewayException(
                    ErrorCode.INVALID_REQUEST_BODY,
                    "The request cannot be read, so its tokens cannot be estimated: " + e.getMessage(),
                    e.path()));
        } catch (RuntimeException e) {
            exchange.setException(e); // here: thrown on a worker, nobody would catch it
        }
    }
}
