package dev.serai.steps;

import dev.serai.access.AccessKey;
import dev.serai.dialect.ModelRequest;
import dev.serai.dialect.RequestNeeds;
import dev.serai.dialect.Splice;
import dev.serai.dialect.Translatable;
import dev.serai.gateway.GatewayConsumer;
import dev.serai.limit.Stay;
import dev.serai.permit.Permit;
import dev.serai.refresh.ListRequest;
import dev.serai.selection.Selection;
import dev.serai.upstream.UpstreamProducer;
import org.apache.camel.Exchange;

/**
 * The state of a request: the exchange variables that the routes and the steps share, each with its name, its type and the step
 * that sets it. Headers are HTTP headers and nothing else.
 */
final class Variables {
    /** The id of the dialect that the client speaks; set by {@code gateway:}. */
    static final String DIALECT = GatewayConsumer.DIALECT_VARIABLE;

    /** Who calls, an {@link AccessKey}; set by {@code authenticate}. */
    static final String ACCESS_KEY = "accessKey";

    /** What the caller may do and how, a {@link Permit}; set by {@code authenticate}. */
    static final String PERMIT = "permit";

    /** What is asked, a {@link ModelRequest}; set by {@code read-request}. */
    static final String REQUEST = "request";

    /** What the request asks of a model, {@link RequestNeeds}; set by {@code check-input} if it has been worked out. */
    static final String NEEDS = "needs";

    /** About how many tokens the input has, a {@link Long}; set by {@code check-input} if the caller has limits on tokens, or pays. */
    static final String INPUT_TOKENS = "inputTokens";

    /** The request among those that are counted, a {@link Stay}; set by {@code limit-rate} if the caller has limits. */
    static final String STAY = "stay";

    /** What is asked, decoded for providers of other dialects, a {@link Translatable}; set by {@code translate-request} if one is tried. */
    static final String ASKED = "asked";
    /**
     * Model names, separated by commas, to use in the place of the request's own; set by nobody but a user's own route, before
     * {@code read-names}.
     */
    static final String MODELS = "models";

    /** What became of the model names so far, a {@link Selection}; set by {@code read-names}. */
    static final String SELECTION = "selection";

    /** The plan and what became of it so far, {@link Attempts}; set by {@code plan-candidates}. */
    static final String ATTEMPTS = "attempts";

    /** What the request uses and who pays for it, a {@link CallMeter}; set by {@code hold-credits} if there is a store for it. */
    static final String METER = "meter";

    /** The attempt that this exchange makes, {@link Attempts.Tried}; set by {@code next-attempt}. */
    static final String ATTEMPT = "attempt";

    /** The name of the route of the provider to try now; set by {@code next-attempt}. */
    static final String PROVIDER = "provider";

    /** What {@code upstream:} is held to, {@link dev.serai.upstream.Terms}; set by {@code next-attempt}, and by {@code guard-candidate} after a wait. */
    static final String TERMS = UpstreamProducer.TERMS;

    /** Whether there is a candidate to try next; read by the loop in {@code dispatch}. */
    static final String TRY_NEXT = "tryNext";

    /** Where {@code upstream:} sends to; set by {@code write-request}. */
    static final String UPSTREAM_URL = UpstreamProducer.URL;

    /** Where {@code upstream:} connects to for it, if that was checked; set by {@code address-request}. */
    static final String UPSTREAM_ADDRESS = UpstreamProducer.ADDRESS;

    /** How {@code upstream:} reads a stream; set by {@code write-request}. */
    static final String STREAM_READING = UpstreamProducer.STREAM_READING;

    /** How the answer could be told by several providers, a {@link Splice}; set by {@code translate-request} if it could. */
    static final String SPLICE = "splice";

    /** Whether an answer that broke off is gone on with; set by {@code rescue-stream} for the route that it calls. */
    static final String GOES_ON = "goesOn";

    /** The list of models that is fetched, a {@link ListRequest}; set by {@code address-list}. */
    static final String LIST = "modelList";

    /** The provider that is probed, and since when; set by {@code address-probe}. */
    static final String PROBE = "probe";

    /** The name of the route that usage events are delivered to; set in {@code deliver-to-sink}. */
    static final String USAGE_SINK = "usageSink";

    /** What is delivered; set by {@code read-usage} if there is something. */
    static final String USAGE_DELIVERY = "usageDelivery";

    /** The number of the place that it begins at, a {@link Long}: the same when it is tried again; set by {@code read-usage}. */
    static final String USAGE_POSITION = "usagePosition";

    /** Its events one by one, a list of {@link UsageSteps.Told}; set by {@code read-usage}. */
    static final String USAGE_EVENTS = "usageEvents";

    private Variables() {}

    /** @throws IllegalStateException if the step that sets the variable has not run: the route is in the wrong order */
    static <T> T require(Exchange exchange, String name, Class<T> type) {
        Object value = exchange.getVariable(name);
        if (value == null) {
            throw new IllegalStateException("the variable " + name + " is not set; is a step missing in the route?");
        }
        return type.cast(value);
    }

    static AccessKey accessKey(Exchange exchange) {
        return require(exchange, ACCESS_KEY, AccessKey.class);
    }

    static Attempts attempts(Exchange exchange) {
        return require(exchange, ATTEMPTS, Attempts.class);
    }

    static Attempts.Tried attempt(Exchange exchange) {
        return require(exchange, ATTEMPT, Attempts.Tried.class);
    }

    static Permit permit(Exchange exchange) {
        return require(exchange, PERMIT, Permit.class);
    }

    static boolean goesOn(Exchange exchange) {
        return Boolean.TRUE.equals(exchange.getVariable(GOES_ON));
    }

    static Selection selection(Exchange exchange) {
        return require(exchange, SELECTION, Selection.class);
    }

    static ModelRequest request(Exchange exchange) {
        return require(exchange, REQUEST, ModelRequest.class);
    }
}
