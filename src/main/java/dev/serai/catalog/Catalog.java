package dev.serai.catalog;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Every provider and the models each is known to serve: one immutable snapshot, replaced as a whole. Provider ids are
 * compared exactly, model ids without regard to case.
 *
 * <p>The order is the same everywhere: providers by {@code order} of their files, then by id; the models of a provider
 * as its file lists them, discovered ones last. The first provider in this order is the default for a model that
 * several serve.
 */
public final class Catalog {
    /** A model at one of the providers that serve it. */
    public record Entry(Provider provider, Model model) {}

    private final Map<String, Provider> providers;
    private final Map<String, List<Entry>> byModel;

    /**
     * @param inOrder providers in the catalog's order
     * @throws IllegalArgumentException if two providers have the same id
     */
    public Catalog(Collection<Provider> inOrder) {
        Map<String, Provider> byId = new LinkedHashMap<>();
        Map<String, List<Entry>> index = new LinkedHashMap<>();
        for (Provider provider : inOrder) {
            if (byId.putIfAbsent(provider.id(), provider) != null) {
                throw new IllegalArgumentException("two providers are called " + provider.id());
            }
            for (Model model : provider.models()) {
                index.computeIfAbsent(key(model.id()), id -> new ArrayList<>(1)).add(new Entry(provider, model));
            }
        }
        index.replaceAll((id, entries) -> List.copyOf(entries));
        providers = Collections.unmodifiableMap(byId);
        byModel = Collections.unmodifiableMap(index);
    }

    /** All providers, in order. */
    public Collection<Provider> providers() {
        return providers.values();
    }

    /** The provider with exactly this id; null if there is none. */
    public @Nullable Provider provider(String id) {
        return providers.get(id);
    }

    /** Who serves this model, the default provider first; empty if nobody is known to. */
    public List<Entry> find(String modelId) {
        return byModel.getOrDefault(key(modelId), List.of());
    }

    /** The model as the provider with this id spells it; null if the provider is not known to serve it. */
    public @Nullable Model model(String providerId, String modelId) {
        for (Entry entry : find(modelId)) {
            if (entry.provider().id().equals(providerId)) {
                return entry.model();
            }
        }
        return null;
    }

    /** Every model of every provider, in order. */
    public List<Entry> models() {
        return providers.values().stream()
                .flatMap(provider -> provider.models().stream().map(model -> new Entry(provider, model)))
                .toList();
    }

    /**
     * A catalog in which this provider serves these models too; those it is known to serve already stay as they are.
     *
     * @throws IllegalArgumentException if no provider has this id
     */
    public Catalog withModels(String providerId, Collection<Model> discovered) {
        Provider provider = providers.get(providerId);
        if (provider == null) {
            throw new IllegalArgumentException("no provider is called " + providerId);
        }
        Map<String, Model> models = new LinkedHashMap<>();
        provider.models().forEach(model -> models.put(key(model.id()), model));
        discovered.forEach(model -> models.putIfAbsent(key(model.id()), model));

        Map<String, Provider> all = new LinkedHashMap<>(providers);
        all.put(providerId, provider.withModels(List.copyOf(models.values())));
        return new Catalog(all.values());
    }

    /**
     * Known model ids that this name may have been meant for, the nearest first; for error messages, not for routing.
     */
    public List<String> nearNames(String name, int max) {
        Map<String, String> spellings = new HashMap<>();
        byModel.forEach(
                (key, entries) -> spellings.put(key, entries.get(0).model().id()));
        return NearNames.of(key(name), byModel.keySet(), max).stream()
                .map(key -> spellings.getOrDefault(key, key))
                .toList();
    }

    static String key(String modelId) {
        return modelId.toLowerCase(Locale.ROOT);
    }
}
