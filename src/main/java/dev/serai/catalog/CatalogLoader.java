package dev.serai.catalog;

import dev.serai.config.ConfigFile;
import dev.serai.config.ConfigFolder;
import dev.serai.config.ConfigurationException;
import dev.serai.config.Problem;
import dev.serai.config.Schema;
import dev.serai.config.YamlDocument;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads provider files into a {@link Catalog}, all of them or none. The form of a file is in
 * {@code config/provider.schema.json}. Immutable and thread-safe.
 */
public final class CatalogLoader {
    /** The provider files that come with Serai. */
    public static final ConfigFolder SHIPPED =
            new ConfigFolder.ClassPath("serai/config/providers", "serai/config/provider.schema.json");

    private static final Schema SCHEMA = Schema.onClassPath("serai/config/provider.schema.json");

    private record Loaded(int order, Provider provider) {}

    private final List<String> dialects;
    private final Variables variables;

    /**
     * @param dialects  ids of the dialects that a provider may speak
     * @param variables what <code>${NAME}</code> stands for: the environment and what the program adds to it
     */
    public CatalogLoader(Collection<String> dialects, Map<String, String> variables) {
        this.dialects = List.copyOf(dialects);
        this.variables = new Variables(variables);
    }

    /**
     * Reads the files of these folders. A file replaces one of the same name in an earlier folder.
     *
     * @throws ConfigurationException with every problem of every file; a replaced file is not looked at
     */
    public Catalog load(List<ConfigFolder> folders) throws ConfigurationException {
        Map<String, ConfigFile> files = new TreeMap<>();
        for (ConfigFolder folder : folders) {
            folder.files().forEach(file -> files.put(file.name(), file));
        }
        List<Problem> problems = new ArrayList<>();
        List<Loaded> providers = new ArrayList<>();
        Map<String, ConfigFile> owners = new HashMap<>();
        for (ConfigFile file : files.values()) {
            if (file.name().endsWith(".yml")) {
                problems.add(file.problem(0, "provider files end in .yaml; this one would not be read"));
            } else if (file.name().endsWith(".yaml")) {
                read(file, providers, owners, problems);
            }
        }
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        providers.sort(Comparator.comparingInt(Loaded::order)
                .thenComparing(loaded -> loaded.provider().id()));
        return new Catalog(providers.stream().map(Loaded::provider).toList());
    }

    private void read(ConfigFile file, List<Loaded> providers, Map<String, ConfigFile> owners, List<Problem> problems) {
        YamlDocument document;
        try {
            document = YamlDocument.parse(file);
        } catch (ConfigurationException e) {
            problems.addAll(e.problems());
            return;
        }
        List<Problem> misfits = SCHEMA.check(document);
        problems.addAll(misfits);
        if (!misfits.isEmpty()) {
            return;
        }
        ProviderFile source = new ProviderFile(document);
        providers.add(new Loaded(source.order(), source.read(dialects, variables)));
        problems.addAll(source.problems());
        ConfigFile owner = owners.putIfAbsent(source.id(), file);
        if (owner != null) {
            problems.add(
                    document.problem("/id", "a provider '" + source.id() + "' is defined already in " + owner.path()));
        }
    }
}
