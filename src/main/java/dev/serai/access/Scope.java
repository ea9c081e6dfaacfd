package dev.serai.access;

import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a key may call: providers and models, each a list of what is allowed. An empty list allows nothing, no list allows all, and
 * a model must pass both. Immutable.
 *
 * @param providers ids, compared exactly; null: every provider
 * @param models    null: every model
 */
public record Scope(
        @Nullable List<String> providers, @Nullable List<Entry> models) {
    /** Everything is allowed. */
    public static final Scope ALL = new Scope(null, null);

    /**
     * An allowed model: {@code provider:model}, or a model id alone, which holds at every provider. Model ids are compared without
     * regard to case. A star at the end, and nowhere else, stands for anything: {@code openai:*}, {@code claude-*}, {@code *}.
     */
    public record Entry(String text) {
        private static final String STAR = "*";

        boolean allows(String provider, String model, Predicate<String> knownProvider) {
            int colon = text.indexOf(':');
            if (colon > 0) {
                String prefix = text.substring(0, colon);
                if (knownProvider.test(prefix)) {
                    return prefix.equals(provider) && matches(colon + 1, model);
                }
            }
            return matches(0, model);
        }

        private boolean matches(int from, String model) {
            int length = text.length() - from;
            return text.endsWith(STAR)
                    ? text.regionMatches(true, from, model, 0, length - STAR.length())
                    : length == model.length() && text.regionMatches(true, from, model, 0, length);
        }
    }

    public Scope {
        providers = providers == null ? null : List.copyOf(providers);
        models = models == null ? null : List.copyOf(models);
    }

    /** A scope from the texts of its lists. */
    public static Scope of(@Nullable List<String> providers, @Nullable List<String> models) {
        return new Scope(
                providers,
                models == null ? null : models.stream().map(Entry::new).toList());
    }

    /**
     * Whether this model of this provider may be called.
     *
     * @param model         the provider's own name of it
     * @param knownProvider tells whether what stands before the first colon of an entry is a provider's id: model ids contain
     *     colons too
     */
    public boolean allows(String provider, String model, Predicate<String> knownProvider) {
        return allowsProvider(provider) && allowsModel(provider, model, knownProvider);
    }

    private boolean allowsProvider(String provider) {
        return providers == null || providers.contains(provider);
    }

    private boolean allowsModel(String provider, String model, Predicate<String> knownProvider) {
        if (models == null) {
            return true;
        }
        for (Entry entry : models) {
            if (entry.allows(provider, model, knownProvider)) {
                return true;
            }
        }
        return false;
    }
}
