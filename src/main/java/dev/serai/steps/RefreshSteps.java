package dev.serai.steps;

import dev.serai.access.Secrets;
import dev.serai.refresh.CatalogRefresh;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.apache.camel.Processor;

/** The processors of {@code catalog-refresh} by the names that the route file refers to. */
public final class RefreshSteps {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private RefreshSteps() {}

    /** @param from the address of a list of all providers, for the timer; empty for the providers' own */
    public static Map<String, Processor> beans(CatalogRefresh refresh, String from, Secrets secrets, Clock clock) {
        return Map.of(
                "chooseLists", new ChooseLists(refresh, from),
                "addressList", new AddressList(),
                "takeList", new TakeList(refresh, clock, PATIENCE),
                "noteRefresh", new NoteRefresh(),
                "noteRefreshFailure", new NoteRefreshFailure(secrets));
    }
}
