package dev.serai.steps;

import dev.serai.refresh.CatalogRefresh;
import dev.serai.refresh.ListUrl;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Which lists of models to ask for: the one that the operator names, or else the providers' own. The body becomes a list of
 * {@link dev.serai.refresh.ListRequest}s. Blocks.
 */
final class ChooseLists implements Processor {
    private final CatalogRefresh refresh;
    private final String from;

    /** @param from the address of a list of all providers; empty for the providers' own */
    ChooseLists(CatalogRefresh refresh, String from) {
        this.refresh = refresh;
        this.from = from;
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        exchange.getMessage()
                .setBody(
                        from.isEmpty()
                                ? refresh.ownLists(true)
                                : List.of(refresh.listAt(ListUrl.parse(from), null, true)));
    }
}
