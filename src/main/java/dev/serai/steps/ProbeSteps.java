package dev.serai.steps;

import dev.serai.access.Credential;
import dev.serai.access.Secrets;
import dev.serai.catalog.Catalog;
import dev.serai.catalog.Provider;
import dev.serai.failover.Probes;
import dev.serai.refresh.ListRequest;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** The processors of {@code probe-providers} by the names that the route file refers to. */
public final class ProbeSteps {
    /** The list that is asked for, and since when. */
    private record Asked(String provider, Instant at, long nanos) {
        Duration took() {
            return Duration.ofNanos(System.nanoTime() - nanos);
        }
    }

    private final Probes probes;
    private final Secrets secrets;
    private final Clock clock;
    private final AddressList addressList = new AddressList();

    private ProbeSteps(Probes probes, Secrets secrets, Clock clock) {
        this.probes = probes;
        this.secrets = secrets;
        this.clock = clock;
    }

    /**
     * @param credentials what to ask a provider with; empty if it wants a key and there is none
     * @param secrets     what no line of the log may contain
     */
    public static Map<String, Processor> beans(
            Supplier<Catalog> catalog,
            Function<Provider, Optional<Credential>> credentials,
            Probes probes,
            Secrets secrets,
            Clock clock) {
        ProbeSteps steps = new ProbeSteps(probes, secrets, clock);
        return Map.of(
                "chooseProbes", new ChooseProbes(catalog, credentials, probes),
                "addressProbe", steps::address,
                "noteProbe", steps::note,
                "noteProbeFailure", steps::noteFailure);
    }

    private void address(Exchange exchange) {
        ListRequest request = Objects.requireNonNull(
                exchange.getMessage().getBody(ListRequest.class), "the body is no request for a list of models");
        String provider = Objects.requireNonNull(request.provider(), "a list of no provider");
        addressList.process(exchange);
        exchange.setVariable(Variables.PROBE, new Asked(provider, clock.instant(), System.nanoTime()));
    }

    /** The status is all that is wanted; closing what was not read ends the connection. */
    private void note(Exchange exchange) throws IOException {
        Asked asked = Variables.require(exchange, Variables.PROBE, Asked.class);
        int status = exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE, 0, Integer.class);
        probes.answered(asked.provider(), asked.at(), asked.took(), status);
        InputStream unread = exchange.getMessage().getBody(InputStream.class);
        if (unread != null) {
            unread.close();
        }
    }

    private void noteFailure(Exchange exchange) {
        Asked asked = Variables.require(exchange, Variables.PROBE, Asked.class);
        Throwable failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        probes.failed(asked.provider(), asked.at(), asked.took(), secrets.redact(String.valueOf(failure)));
    }
}
