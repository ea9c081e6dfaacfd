package dev.serai.steps;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Removes every header that is not on its list, which stands in the route file: names separated by commas, without regard to
 * case; a name that ends in {@code *} keeps all that begin so. Camel's own status header stays.
 */
public final class KeepHeaders implements Processor {
    private Set<String> names = Set.of();
    private String[] prefixes = {};

    /** The names to keep; set once, before the route starts. */
    public void setNames(String list) {
        Set<String> exact = new HashSet<>();
        Set<String> starts = new HashSet<>();
        for (String name : list.split(",", -1)) {
            String lower = name.strip().toLowerCase(Locale.ROOT);
            if (lower.endsWith("*")) {
                starts.add(lower.substring(0, lower.length() - 1));
            } else {
                exact.add(lower);
            }
        }
        names = Set.copyOf(exact);
        prefixes = starts.toArray(String[]::new);
    }

    @Override
    public void process(Exchange exchange) {
        exchange.getMessage().getHeaders().keySet().removeIf(name -> !isKept(name.toLowerCase(Locale.ROOT)));
    }

    private boolean isKept(String name) {
        if (names.contains(name) || name.equalsIgnoreCase(Exchange.HTTP_RESPONSE_CODE)) {
            return true;
        }
        for (String prefix : prefixes) {
            if (name.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }
}
