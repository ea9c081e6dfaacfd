package dev.serai.steps;

import dev.serai.dialect.ModelRequest;
import dev.serai.dialect.ReplyContext;
import dev.serai.dialect.Splice;
import dev.serai.failover.Fault;
import dev.serai.gateway.ClientCall;
import dev.serai.selection.Candidate;
import dev.serai.upstream.ReplyStream;
import dev.serai.upstream.RescuedStream;
import java.util.function.Consumer;
import org.apache.camel.AsyncProducer;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;

/**
 * Watches an answer that several providers may tell: if it breaks when the client has a part of it, a route finds somebody to go on. The
 * request itself is over by then for every step but this; what the route gets is a copy of its exchange.
 */
public final class RescueStream implements Processor, CamelContextAware {
    private @Nullable CamelContext context;
    private @Nullable String route;
    private volatile @Nullable AsyncProducer producer;

    /** The endpoint that finds somebody to go on; set once, before the route starts. */
    public void setRoute(String uri) {
        route = uri;
    }

    @Override
    public void setCamelContext(CamelContext camelContext) {
        context = camelContext;
    }

    @Override
    public @Nullable CamelContext getCamelContext() {
        return context;
    }

    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        ClientCall call = ClientCall.of(exchange);
        if (call != null
                && message.getBody() instanceof ReplyStream stream
                && exchange.getVariable(Variables.SPLICE) != null) {
            message.setBody(new RescuedStream(stream, (why, then) -> find(exchange, call, then)));
        }
    }

    /** Called on the event loop. */
    private void find(Exchange exchange, ClientCall call, Consumer<RescuedStream.@Nullable Successor> then) {
        Attempts attempts = Variables.attempts(exchange);
        Splice splice = Variables.require(exchange, Variables.SPLICE, Splice.class);
        attempts.course().resume();
        Candidate broken = Variables.attempt(exchange).candidate();
        boolean goesOn = splice.beginning().isPresent()
                && !call.isGone()
                && attempts.course().failed(broken, Fault.BROKEN, null).goesOn();
        if (!goesOn) {
            then.accept(null);
            return;
        }
        Exchange rescue = exchange.copy();
        rescue.getMessage().setBody(null);
        rescue.setVariable(Variables.GOES_ON, true);
        rescue.setVariable(Variables.TRY_NEXT, true);
        producer().process(rescue, done -> call.loop().run(() -> {
            // The next time, it is this attempt that broke.
            exchange.setVariable(Variables.ATTEMPT, Variables.attempt(rescue));
            then.accept(successor(rescue));
        }));
    }

    private static RescuedStream.@Nullable Successor successor(Exchange rescue) {
        return rescue.getException() == null && rescue.getMessage().getBody() instanceof ReplyStream stream
                ? new RescuedStream.Successor(stream, note(rescue))
                : null;
    }

    /** A comment that says who goes on; where answers are one array there are no comments. */
    private static String note(Exchange rescue) {
        ModelRequest request = Variables.request(rescue);
        return request.framing() == ReplyContext.Framing.SSE
                ? ": continued by "
                        + DescribeReply.printable(
                                Variables.attempt(rescue).candidate().target().name()) + "\n\n"
                : "";
    }

    private AsyncProducer producer() {
        AsyncProducer known = producer;
        if (known == null) {
            known = open();
            producer = known;
        }
        return known;
    }

    private AsyncProducer open() {
        if (context == null || route == null) {
            throw new IllegalStateException("rescueStream needs a route");
        }
        try {
            AsyncProducer opened = context.getEndpoint(route).createAsyncProducer();
            opened.start();
            return opened;
        } catch (Exception e) {
            throw new IllegalStateException(route + " cannot be called", e);
        }
    }
}
