package dev.serai.steps;

import java.util.Locale;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Removes every header that is not on its list, which stands in the route file: names separated by commas, without regard to
 * case; a name that ends in {@code *} keeps all that begin so. Camel's own status header stays.
 */
public final class KeepHeaders implements Processor {
    private HeaderList kept = HeaderList.EMPTY;

    /** The names to keep; set once, before the route starts. */
    public void setNames(String list) {
        kept = HeaderList.of(list);
    }

    @Override
    public void process(Exchange exchange) {
        exchange.getMessage().getHeaders().keySet().removeIf(name -> !isKept(name.toLowerCase(Locale.ROOT)));
    }

    private boolean isKept(String name) {
        return kept.contains(name) || name.equalsIgnoreCase(Exchange.HTTP_RESPONSE_CODE);
    }
}
