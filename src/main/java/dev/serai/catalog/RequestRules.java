package dev.serai.catalog;

import dev.serai.json.JsonDocument;
import dev.serai.json.JsonEdit;
import dev.serai.json.JsonException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The {@link ParameterRule}s of a provider that concern one model in one dialect, ready to be applied to requests. Immutable and
 * thread-safe.
 */
public final class RequestRules {
    /** Nothing has to be changed. */
    public static final RequestRules NONE = new RequestRules(List.of());

    private final List<BoundRule> rules;

    private RequestRules(List<BoundRule> rules) {
        this.rules = rules;
    }

    /**
     * A body that the rules have been applied to.
     *
     * @param body    JSON; not copied, and not to be changed
     * @param dropped the parameters whose values did not cross, as the request called them; each once
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on to be written, never compared
    public record Ruled(byte[] body, List<String> dropped) {
        public Ruled {
            dropped = List.copyOf(dropped);
        }
    }

    /**
     * The rules for a model, by the id that is sent. Looks through the provider's rules and models: whoever asks for each request
     * asks a {@link RuleBook}.
     *
     * @param dialect as spoken to the provider
     */
    static RequestRules of(Provider provider, String dialect, String model) {
        Long maxOutputTokens = maxOutputTokens(provider, model);
        List<BoundRule> rules = provider.rules().stream()
                .filter(rule -> rule.concerns(model, dialect))
                .map(rule -> BoundRule.of(rule, maxOutputTokens))
                .toList();
        return rules.isEmpty() ? NONE : new RequestRules(rules);
    }

    private static @Nullable Long maxOutputTokens(Provider provider, String model) {
        String key = Catalog.key(model);
        return provider.models().stream()
                .filter(known -> Catalog.key(known.id()).equals(key)
                        || known.aliases().stream().map(Catalog::key).anyMatch(key::equals))
                .findFirst()
                .map(Model::maxOutputTokens)
                .orElse(null);
    }

    /**
     * Changes a request that is about to be written. Values of a type that a rule does not expect are left as they are: the provider
     * judges them.
     *
     * @param body a request in the dialect of these rules; what its document holds came from the client, what has been set since did not
     * @return the parameters whose values do not cross, as the document calls them; each once
     */
    public List<String> apply(JsonEdit body) {
        if (rules.isEmpty()) {
            return List.of();
        }
        RuledRequest request = new RuledRequest(body);
        for (BoundRule rule : rules) {
            rule.applyTo(request);
        }
        return request.dropped();
    }

    /**
     * Like {@link #apply(JsonEdit)}, for a request that is written already.
     *
     * @throws JsonException if the body is no JSON object
     */
    public Ruled apply(byte[] body) throws JsonException {
        if (rules.isEmpty()) {
            return new Ruled(body, List.of());
        }
        JsonEdit edit = JsonDocument.parse(body).edit();
        List<String> dropped = apply(edit);
        return new Ruled(edit.toBytes(), dropped);
    }
}
