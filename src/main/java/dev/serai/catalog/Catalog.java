package dev.serai.catalog;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
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
    /**
     * A model at one of the providers that serve it.
     *
     * @param sentAs what to call it there: its id, or the alias that was looked up
     */
    public record Entry(Provider provider, Model model, String sentAs) {}

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
            names(provider).forEach((name, entry) -> index.computeIfAbsent(name, any -> new ArrayList<>(1))
                    .add(entry));
        }
        index.replaceAll((id, entries) -> List.copyOf(entries));
        providers = Collections.unmodifiableMap(byId);
        byModel = Collections.unmodifiableMap(index);
    }

    /** Every name of every model of a provider. An id wins over another model's alias, and an alias over a nickname. */
    private static Map<String, Entry> names(Provider provider) {
        Map<String, Entry> names = new LinkedHashMap<>();
        for (Model model : provider.models()) {
            names.putIfAbsent(key(model.id()), new Entry(provider, model, model.id()));
        }
        for (Model model : provider.models()) {
            model.aliases().forEach(alias -> names.putIfAbsent(key(alias), new Entry(provider, model, alias)));
        }
        for (Model model : provider.models()) {
            model.nicknames().forEach(name -> names.putIfAbsent(key(name), new Entry(provider, model, model.id())));
        }
        return names;
    }

    /** All providers, in order. */
    public Collection<Provider> providers() {
        return providers.values();
    }

    /** The provider with exactly this id; null if there is none. */
    public @Nullable Provider provider(String id) {
        return providers.get(id);
    }

    /** Who serves the model with this id, alias or nickname, the default provider first; empty if nobody is known to. */
    public List<Entry> find(String modelId) {
        return byModel.getOrDefault(key(modelId), List.of());
    }

    /** This model at this provider; null if the provider is not known to serve it. */
    public @Nullable Entry find(String providerId, String modelId) {
        for (Entry entry : find(modelId)) {
            if (entry.provider().id().equals(providerId)) {
                return entry;
            }
        }
        return null;
    }

    /** The model that this provider serves under this name; null if it is not known to. */
    public @Nullable Model model(String providerId, String modelId) {
        Entry entry = find(providerId, modelId);
        return entry == null ? null : entry.model();
    }

    /** Every model of every provider, in order. */
    public List<Entry> models() {
        return providers.values().stream()
                .flatMap(provider -> provider.models().stream().map(model -> new Entry(provider, model, model.id())))
                .toList();
    }

    /**
     * A catalog in which this provider serves these models too; those it is known to serve already, under whatever name, stay as
     * they are.
     *
     * @throws IllegalArgumentException if no provider has this id
     */
    public Catalog withModels(String providerId, Collection<Model> discovered) {
        Provider provider = providers.get(providerId);
        if (provider == null) {
            throw new IllegalArgumentException("no provider is called " + providerId);
        }
        Set<String> known = new HashSet<>(names(provider).keySet());
        List<Model> models = new ArrayList<>(provider.models());
        discovered.stream().filter(model -> known.add(key(model.id()))).forEach(models::add);

        Map<String, Provider> all = new LinkedHashMap<>(providers);
        all.put(providerId, provider.withModels(models));
        return new Catalog(all.values());
    }

    /**
     * Known model ids that this name may have been meant for, the nearest first; for error messages, not for routing.
     */
    public List<String> nearNames(String name, int max) {
        return nearNames(name, List.of(), max);
    }

    /** As {@link #nearNames(String, int)}, of these names too. */
    public List<String> nearNames(String name, Collection<String> others, int max) {
        Map<String, String> spellings = new HashMap<>();
        others.forEach(other -> spellings.put(key(other), other));
        NearNames near = new NearNames(key(name), max);
        byModel.keySet().forEach(near::offer);
        spellings.keySet().forEach(near::offer);
        return near.found().stream()
                .map(key -> spellings.getOrDefault(key, spelled(key)))
                .toList();
    }

    private String spelled(String key) {
        List<Entry> entries = byModel.get(key);
        return entries == null ? key : entries.get(0).sentAs();
    }

    static String key(String modelId) {
        return modelId.toLowerCase(Locale.ROOT);
    }
}
