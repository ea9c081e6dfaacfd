package dev.serai.catalog;

import dev.serai.config.ConfigurationException;
import dev.serai.config.Problem;
import dev.serai.config.YamlDocument;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A {@link DescribedCatalog} in the making, with all that is wrong so far. One use, one thread. */
final class Reading {
    /** Something that may find the configuration wrong. */
    interface Part {
        void read() throws ConfigurationException;
    }

    private record Loaded(int order, Provider provider) {}

    private final Collection<String> dialects;
    private final Variables variables;
    private final Presets presets;
    private final Overlays overlays;
    private final Map<String, Origin> origins = new HashMap<>();
    private final List<Problem> problems = new ArrayList<>();
    private final List<Loaded> providers = new ArrayList<>();
    private final Map<String, String> owners = new HashMap<>();

    Reading(Collection<String> dialects, Variables variables, Presets presets, Overlays overlays) {
        this.dialects = dialects;
        this.variables = variables;
        this.presets = presets;
        this.overlays = overlays;
    }

    void problem(Problem problem) {
        problems.add(problem);
    }

    /** Reads a part; what is wrong with it does not keep the others from being read. */
    void attempt(Part part) {
        try {
            part.read();
        } catch (ConfigurationException e) {
            problems.addAll(e.problems());
        }
    }

    /** Adds the provider of a file that fits the schema. */
    void file(YamlDocument document) throws ConfigurationException {
        String id = document.root().path("id").asText();
        if (!document.file().name().equals(id + ".yaml")) {
            problem(document.problem("/id", "the provider '" + id + "' belongs into a file named " + id + ".yaml"));
        }
        if (document.root().has("needs")) {
            problem(document.problem("/needs", "needs is for presets; a provider file leaves nothing open"));
        }
        String preset = document.root().path("preset").asText();
        add(
                preset.isEmpty()
                        ? new Origin.Single(document)
                        : Presets.over(presets.read(preset, document.problem("/preset", "")), document),
                document.file().path());
    }

    /** Adds the provider that a preset describes completely. */
    void preset(String name, Problem asked) throws ConfigurationException {
        YamlDocument document = presets.read(name, asked);
        add(Presets.alone(document, asked), document.file().path());
    }

    private void add(Origin described, String path) throws ConfigurationException {
        Origin origin = overlays.over(described.root().path("id").asText(), described);
        ProviderFile source = new ProviderFile(origin);
        origins.put(source.id(), origin);
        providers.add(new Loaded(source.order(), source.read(dialects, variables)));
        problems.addAll(source.problems());
        String owner = owners.putIfAbsent(source.id(), path);
        if (owner != null) {
            problem(origin.problem("/id", "a provider '" + source.id() + "' is defined already in " + owner));
        }
    }

    /**
     * The catalog.
     *
     * @throws ConfigurationException with everything that is wrong
     */
    DescribedCatalog finish() throws ConfigurationException {
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        providers.sort(Comparator.comparingInt(Loaded::order)
                .thenComparing(loaded -> loaded.provider().id()));
        return new DescribedCatalog(
                new Catalog(providers.stream().map(Loaded::provider).toList()), origins);
    }
}
