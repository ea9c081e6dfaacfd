package dev.serai.steps;

import dev.serai.selection.Candidate;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Removes every header that the provider which is asked now may not know. It may know those on the lists of the route file: one for
 * every provider, one for each wire format; and those that its own file names under {@code passHeaders}. Lists are written as for
 * {@link KeepHeaders}.
 */
public final class KeepRequestHeaders implements Processor {
    private HeaderList forAll = HeaderList.EMPTY;
    private final Map<String, String> written = new ConcurrentHashMap<>();
    private final Map<String, HeaderList> byDialect = new ConcurrentHashMap<>();

    /** The names that every provider gets; set once, before the route starts. */
    public void setNames(String list) {
        forAll = HeaderList.of(list);
    }

    /** Dialect id to the names that providers get when they speak it; Camel puts them in one by one, before the route starts. */
    public Map<String, String> getDialects() {
        return written;
    }

    @Override
    public void process(Exchange exchange) {
        Candidate candidate = Variables.attempt(exchange).candidate();
        HeaderList forDialect = byDialect.computeIfAbsent(candidate.dialect(), this::read);
        Set<String> forProvider = candidate.provider().passHeaders();
        exchange.getMessage().getHeaders().keySet().removeIf(name -> {
            String lower = name.toLowerCase(Locale.ROOT);
            return !forAll.contains(lower) && !forDialect.contains(lower) && !forProvider.contains(lower);
        });
    }

    /** Camel writes the names of properties without their dashes, so that {@code openai-chat} arrives as {@code openaiChat}. */
    private HeaderList read(String dialect) {
        return written.entrySet().stream()
                .filter(list -> undashed(list.getKey()).equals(undashed(dialect)))
                .findFirst()
                .map(list -> HeaderList.of(list.getValue()))
                .orElse(HeaderList.EMPTY);
    }

    private static String undashed(String name) {
        return name.replace("-", "").toLowerCase(Locale.ROOT);
    }
}
