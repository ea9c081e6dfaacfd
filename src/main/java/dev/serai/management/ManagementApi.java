package dev.serai.management;

import dev.serai.access.Secret;
import dev.serai.access.Secrets;
import dev.serai.catalog.Catalog;
import dev.serai.payment.PaymentProvider;
import dev.serai.secrets.ReferenceValues;
import dev.serai.upstream.ProviderHosts;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;

/** The management API: the processors that its routes call, by the names that the route files refer to. Thread-safe. */
public final class ManagementApi {
    private final Operations operations = new Operations();
    private final Map<String, Function<Call, Reply>> handlers = new HashMap<>();
    private final Admission admission;
    private final DryRun dryRun;
    private final Retention retention;

    /**
     * @param bootstrap a token that is an operator's, whatever the store holds; null for none
     * @param dialects  ids of the formats that a provider can speak
     * @param hosts     which hosts a custom provider may be at
     * @param operator  what holds where accounts say nothing, at this moment
     * @param auditKept how long entries of the audit are kept; null for ever
     * @param references where provider keys lie that the store does not keep
     * @param masked    where values of provider keys are registered
     * @param payments  who takes payments for credits, at this moment
     */
    public ManagementApi(
            ControlPlane plane,
            @Nullable Secret bootstrap,
            Supplier<Catalog> catalog,
            Set<String> dialects,
            ProviderHosts hosts,
            ProvidersHealth health,
            Supplier<OperatorSettings> operator,
            @Nullable Duration auditKept,
            ReferenceValues references,
            Secrets masked,
            Supplier<Optional<PaymentProvider>> payments) {
        admission = new Admission(plane, new ApiKeyCheck(plane.pepper(), bootstrap, plane.clock()), operations);
        ProviderKeyResource providerKeys = new ProviderKeyResource(plane, references, masked);
        ProviderResource providers = new ProviderResource(plane, catalog, dialects, hosts);
        retention = new Retention(plane, auditKept);
        dryRun = new DryRun(providers, hosts, masked);
        for (Resource resource : List.of(
                new AccessKeyResource(plane),
                new ConfigurationResource(plane, providerKeys),
                new ApiKeyResource(plane),
                providerKeys,
                providers,
                new CatalogResource(catalog, plane.clock()),
                new GatewayConfigResource(plane, operator),
                new AccountResource(plane),
                new AuditResource(plane),
                new CreditsResource(plane),
                new CheckoutResource(plane, payments),
                new UsageResource(plane),
                health)) {
            handlers.putAll(resource.operations());
        }
    }

    /** The steps of the routes. */
    public Map<String, Processor> beans() {
        return Map.of(
                "authenticateApiKey", admission::authenticate,
                "checkPermission", admission::permit,
                "readCall", admission::read,
                "serveCall", this::serve,
                "answerRefusal", this::refuse,
                "addressDryRun", dryRun::address,
                "takeDryRun", dryRun::take,
                "noteDryRunFailure", dryRun::noteFailure,
                "purgeStoreRows", retention::purge);
    }

    private void serve(Exchange exchange) {
        Call call = Admission.require(exchange, Admission.CALL, Call.class);
        Function<Call, Reply> handler = call.operation().id().equals(OpenApiDocument.OPERATION)
                ? any -> Reply.ok(OpenApiDocument.of(operations.all(exchange.getContext())))
                : handlers.get(call.operation().id());
        if (handler == null) {
            throw new IllegalStateException("nothing serves " + call.operation().id());
        }
        Replies.write(handler.apply(call), exchange);
    }

    private void refuse(Exchange exchange) {
        Throwable failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        Replies.write(Refusals.of(failure, exchange.getExchangeId()), exchange);
    }

    /** The methods that the path of a URL has, for the header {@code Allow}; empty if there is no such path. */
    public List<String> methods(String urlPath, CamelContext context) {
        return operations.methods(urlPath, context);
    }

    /**
     * What the server answers for itself, to what reaches no route.
     *
     * @param status 404, 405, 413, 415 or another failure
     */
    public static byte[] refusal(int status) {
        ApiError error = ApiError.of(status);
        String message =
                switch (error) {
                    case NOT_FOUND -> "There is nothing at this path. GET /api/openapi.json tells what there is.";
                    case METHOD_NOT_ALLOWED -> "This path has other methods, which the header Allow names.";
                    case BODY_TOO_LARGE -> "The body is larger than this API takes.";
                    case UNSUPPORTED_MEDIA_TYPE -> "Send JSON, with 'Content-Type: application/json'.";
                    case INVALID_REQUEST -> "The request is not well formed.";
                    default -> "That was a mistake of Serai's.";
                };
        return Replies.body(new ApiException(error, message)).toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Every operation that something serves; for a test. */
    List<String> served() {
        return new ArrayList<>(handlers.keySet());
    }
}
