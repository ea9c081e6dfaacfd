package dev.serai.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** Every meter of Serai: its name, its tags, what it means. Values of tags come from closed sets, so that series stay few. */
public enum Meters {
    REQUESTS("serai.requests", "dialect status", "Requests, from the first byte to the last"),
    REQUESTS_LIMIT("serai.requests.limit", "", "Requests for models that may be served at once"),
    REQUESTS_OPEN("serai.requests.open", "", "Requests for models that are being served"),
    REQUESTS_WAITING("serai.requests.waiting", "", "Requests for models that wait for a place"),
    REQUESTS_SHED("serai.requests.shed", "", "Requests for models that were refused for want of a place"),
    ATTEMPTS("serai.attempts", "provider outcome", "Attempts at providers, to the end of the answer"),
    FIRST_CONTENT("serai.first.content", "provider", "From the start of an attempt to the first content of its stream"),
    TOKENS("serai.tokens", "provider kind", "Tokens that providers stated, in disjoint kinds"),
    BREAKER(
            "serai.breaker",
            "provider model",
            "Whether a model at a provider is left alone: 0 no, 1 one attempt is trying it, 2 yes"),
    PROBES("serai.probes", "provider outcome", "Probes of providers' lists of models, to the head of the answer"),
    CHARGES_WAITING(
            "serai.charges.waiting", "", "Requests whose usage is on its way to the database or the local disk"),
    CHARGES_SPOOLED("serai.charges.spooled", "", "Bytes of usage events that wait on the local disk for the database"),
    HOLDS_OPEN("serai.holds.open", "", "Requests for which credits are held"),
    RELOADS("serai.reloads", "part result", "Changed configuration files that were taken, refused or failed to load"),
    CONFIGURATION_AGE("serai.configuration.age", "", "Seconds since the configuration in force was read"),
    CONFIGURATION_PROBLEMS("serai.configuration.problems", "", "Problems of configuration files that are not in force");

    private final String meter;
    private final String tags;
    private final String meaning;

    Meters(String meter, String tags, String meaning) {
        this.meter = meter;
        this.tags = tags;
        this.meaning = meaning;
    }

    /** The name as Micrometer knows it, such as {@code serai.requests}. */
    public String meter() {
        return meter;
    }

    /** The names of its tags, in their order. */
    public List<String> tags() {
        return tags.isEmpty() ? List.of() : List.of(tags.split(" ", -1));
    }

    /** One line for people. */
    public String meaning() {
        return meaning;
    }

    /** The timer with these values for its tags, made when it is first asked for. */
    public Timer timer(MeterRegistry registry, String... values) {
        return Timer.builder(meter).description(meaning).tags(paired(values)).register(registry);
    }

    /** The counter with these values for its tags, made when it is first asked for. */
    public Counter counter(MeterRegistry registry, String... values) {
        return Counter.builder(meter).description(meaning).tags(paired(values)).register(registry);
    }

    /** Has this number told whenever somebody reads the meters, with these values for its tags. */
    public void gauge(MeterRegistry registry, Supplier<Number> number, String... values) {
        Gauge.builder(meter, number).description(meaning).tags(paired(values)).register(registry);
    }

    /** Has this count, which never falls, told whenever somebody reads the meters, with these values for its tags. */
    public <T> void counted(MeterRegistry registry, T source, ToDoubleFunction<T> count, String... values) {
        FunctionCounter.builder(meter, source, count)
                .description(meaning)
                .tags(paired(values))
                .register(registry);
    }

    private String[] paired(String... values) {
        List<String> names = tags();
        if (values.length != names.size()) {
            throw new IllegalArgumentException(meter + " has the tags " + tags);
        }
        String[] pairs = new String[2 * values.length];
        for (int i = 0; i < values.length; i++) {
            pairs[2 * i] = names.get(i);
            pairs[2 * i + 1] = values[i];
        }
        return pairs;
    }
}
