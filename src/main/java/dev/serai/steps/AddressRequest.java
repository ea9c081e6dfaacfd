package dev.serai.steps;

import dev.serai.error.ErrorCode;
import dev.serai.error.GatewayException;
import dev.serai.selection.Candidate;
import dev.serai.upstream.Outcome;
import dev.serai.upstream.ProviderHosts;
import dev.serai.upstream.UpstreamException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.AsyncProcessorSupport;

/**
 * Where the candidate's provider takes requests for this model in this dialect. Looks up where a provider is that an account defined, and whether it may be called there: its name may lead elsewhere than when it was
 * defined. It is connected to as it was checked. Providers of files are the operator's word.
 */
final class AddressRequest extends AsyncProcessorSupport {
    private static final Duration GOOD_FOR = Duration.ofSeconds(30);
    private static final int MAX_KNOWN = 1_000;

    private record Known(InetAddress address, Instant until) {}

    private final ProviderHosts hosts;
    private final Executor names;
    private final Clock clock;
    private final Map<String, Known> known = new ConcurrentHashMap<>();

    /** @param names threads that may wait for name servers; bounded */
    AddressRequest(ProviderHosts hosts, Executor names, Clock clock) {
        this.hosts = hosts;
        this.names = names;
        this.clock = clock;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        try {
            exchange.setVariable(Variables.UPSTREAM_URL, url(exchange));
        } catch (GatewayException unknown) {
            exchange.setException(unknown);
            callback.done(true);
            return true;
        }
        if (Variables.attempt(exchange).candidate().provider().account() == null) {
            callback.done(true);
            return true;
        }
        URI url = URI.create(Variables.require(exchange, Variables.UPSTREAM_URL, String.class));
        try {
            hosts.check(url);
        } catch (IllegalArgumentException e) {
            refuse(exchange, String.valueOf(e.getMessage()));
            callback.done(true);
            return true;
        }
        String host = url.getHost().replaceAll("[\\[\\]]", "");
        Known before = known.get(host);
        if (before != null && before.until().isAfter(clock.instant())) {
            exchange.setVariable(Variables.UPSTREAM_ADDRESS, before.address());
            callback.done(true);
            return true;
        }
        try {
            names.execute(() -> lookUp(host, exchange, callback));
            return false;
        } catch (RejectedExecutionException full) {
            refuse(exchange, "too many names are looked up at once");
            callback.done(true);
            return true;
        }
    }

    private static String url(Exchange exchange) {
        Candidate candidate = Variables.attempt(exchange).candidate();
        try {
            return candidate
                    .provider()
                    .url(candidate.dialect(), candidate.model(), Variables.request(exchange).stream());
        } catch (IllegalArgumentException e) {
            throw new GatewayException(
                    ErrorCode.MODEL_NOT_FOUND, "No model is called '" + candidate.model() + "'.", "model");
        }
    }

    private void lookUp(String host, Exchange exchange, AsyncCallback callback) {
        try {
            InetAddress address = hosts.resolve(host)[0];
            keep(host, address);
            exchange.setVariable(Variables.UPSTREAM_ADDRESS, address);
        } catch (Exception e) {
            refuse(exchange, String.valueOf(e.getMessage()));
        }
        callback.done(false);
    }

    /** When it is full it begins anew: accounts choose the names. */
    private void keep(String host, InetAddress address) {
        if (known.size() >= MAX_KNOWN) {
            known.clear();
        }
        known.put(host, new Known(address, clock.instant().plus(GOOD_FOR)));
    }

    private static void refuse(Exchange exchange, String reason) {
        exchange.setException(new UpstreamException(new Outcome.Unreachable("cannot be called: " + reason)));
    }
}
