package dev.serai.steps;

import dev.serai.access.Allowance;
import dev.serai.dialect.ModelRequest;
import dev.serai.dialect.ReplyContext;
import dev.serai.limit.Stay;
import dev.serai.selection.DroppedModels;
import dev.serai.selection.Selection;
import dev.serai.upstream.ReplyStream;
import dev.serai.upstream.RescuedStream;
import java.time.Clock;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/**
 * Tells the client in headers who answered, at which attempt, without which of its parameters, which models were not even
 * candidates, and how the limits of its key stand. Which request it was is told by {@code gateway:}.
 */
final class DescribeReply implements Processor {
    private static final int MAX_LIST_LENGTH = 1_000;
    private static final int MAX_MODEL_LENGTH = 200;
    private static final Pattern NO_HEADER_TEXT = Pattern.compile("[^\\x20-\\x7e]");
    private static final Pattern UNPRINTABLE = Pattern.compile("[^\\x21-\\x2b\\x2d-\\x7e]");
    private static final String MORE = "...";

    private final RateHeaders rates;
    private final Allowance everyone;

    /** @param everyone what the operator says of everybody */
    DescribeReply(Clock clock, Allowance everyone) {
        this.rates = new RateHeaders(clock);
        this.everyone = everyone;
    }

    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        Attempts attempts = exchange.getVariable(Variables.ATTEMPTS, Attempts.class);
        if (attempts != null && !attempts.tried().isEmpty()) {
            Attempts.Tried last = Variables.attempt(exchange);
            message.setHeader("x-serai-provider", last.candidate().provider().id());
            message.setHeader("x-serai-model", printable(last.candidate().model()));
            message.setHeader("x-serai-attempts", Integer.toString(attempts.started()));
            if (attempts.isRescued()) {
                message.setHeader("x-serai-rescued", "true");
            }
            if (!last.dropped().isEmpty()) {
                message.setHeader("x-serai-dropped-params", list(last.dropped()));
            }
        }
        if (isStream(message.getBody()) && isArray(exchange)) {
            message.setHeader("Content-Type", "application/json; charset=UTF-8");
        }
        Selection selection = exchange.getVariable(Variables.SELECTION, Selection.class);
        DroppedModels dropped = selection == null ? null : selection.dropped();
        if (dropped != null) {
            message.setHeader("x-serai-dropped-models", dropped.header());
        }
        describeLimits(exchange);
    }

    private void describeLimits(Exchange exchange) {
        Stay stay = exchange.getVariable(Variables.STAY, Stay.class);
        if (stay != null) {
            if (!isStream(exchange.getMessage().getBody())) {
                // Now and not when it is written: the client may come with its next request before that is noticed.
                LimitRate.settle(exchange, stay);
            }
            rates.write(exchange.getMessage(), Variables.require(exchange, Variables.DIALECT, String.class), stay);
        }
        if (exchange.getVariable(Variables.PERMIT) != null) {
            long output = Allowed.of(exchange, everyone).maxOutputTokens();
            if (output != Allowance.UNLIMITED) {
                exchange.getMessage().setHeader("x-serai-max-output-tokens", Long.toString(output));
            }
        }
    }

    private static boolean isStream(Object body) {
        return body instanceof ReplyStream || body instanceof RescuedStream;
    }

    /** Whether the events that the provider sends are written as an array. */
    private static boolean isArray(Exchange exchange) {
        ModelRequest request = exchange.getVariable(Variables.REQUEST, ModelRequest.class);
        return request != null && request.framing() == ReplyContext.Framing.JSON_ARRAY;
    }

    /** A model's name may be a client's invention: neither its length nor its characters are to be trusted. */
    static String printable(String model) {
        String begun = model.length() <= MAX_MODEL_LENGTH ? model : model.substring(0, MAX_MODEL_LENGTH) + MORE;
        return NO_HEADER_TEXT.matcher(begun).replaceAll("?");
    }

    /** The names with commas between them; as many as fit. */
    private static String list(List<String> names) {
        StringBuilder list = new StringBuilder();
        for (String name : names) {
            if (list.length() + name.length() > MAX_LIST_LENGTH) {
                return list.append(list.isEmpty() ? "" : ", ").append(MORE).toString();
            }
            list.append(list.isEmpty() ? "" : ", ")
                    .append(UNPRINTABLE.matcher(name).replaceAll("?"));
        }
        return list.toString();
    }
}
