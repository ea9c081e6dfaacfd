package dev.serai.catalog;

import dev.serai.config.ConfigFile;
import dev.serai.config.ConfigFolder;
import dev.serai.config.ConfigurationException;
import dev.serai.config.Problem;
import dev.serai.config.Schema;
import dev.serai.config.YamlDocument;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads provider files into a {@link Catalog}, all of them or none. The form of a file is in
 * {@code config/provider.schema.json}. Immutable and thread-safe.
 */
public final class CatalogLoader {
    private static final String SCHEMA_FILE = "serai/config/provider.schema.json";

    /** The provider files that come with Serai. */
    public static final ConfigFolder SHIPPED = new ConfigFolder.ClassPath("serai/config/providers", SCHEMA_FILE);

    /** Where paths of everything that comes with Serai begin. */
    static final String SHIPPED_PLACE = "serai/config/";

    /** The presets that come with Serai. */
    public static final ConfigFolder SHIPPED_PRESETS = new ConfigFolder.ClassPath("serai/config/presets", SCHEMA_FILE);

    /** The setting that switches presets on. */
    public static final String PRESETS_SETTING = "serai.presets";

    private static final Schema SCHEMA = Schema.onClassPath(SCHEMA_FILE);

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

    /** Reads the files of these folders, which may use the shipped presets. */
    public Catalog load(List<ConfigFolder> folders) throws ConfigurationException {
        return load(folders, List.of(SHIPPED_PRESETS), List.of());
    }

    /** Reads the files of these folders, without overlays. */
    public Catalog load(List<ConfigFolder> folders, List<ConfigFolder> presets, Collection<String> switchedOn)
            throws ConfigurationException {
        return read(folders, presets, List.of(), switchedOn).catalog();
    }

    /**
     * Reads the files of these folders. A file replaces one of the same name in an earlier folder.
     *
     * @param folders    of provider files
     * @param presets    folders of what a provider file may begin from
     * @param overlays   folders of what is said about providers beyond their files
     * @param switchedOn presets to make a provider of without a file; one that has a file is made from the file
     * @throws ConfigurationException with every problem of every file; a replaced file, a preset that nobody uses, and an overlay
     *     for a provider that there is not, is not looked at
     */
    public DescribedCatalog read(
            List<ConfigFolder> folders,
            List<ConfigFolder> presets,
            List<ConfigFolder> overlays,
            Collection<String> switchedOn)
            throws ConfigurationException {
        Map<String, ConfigFile> files = new TreeMap<>();
        for (ConfigFolder folder : folders) {
            folder.files().forEach(file -> files.put(file.name(), file));
        }
        Reading reading = new Reading(dialects, variables, new Presets(SCHEMA, presets), new Overlays(overlays));
        for (ConfigFile file : files.values()) {
            if (file.name().endsWith(".yml")) {
                reading.problem(file.problem(0, "provider files end in .yaml; this one would not be read"));
            } else if (file.name().endsWith(".yaml")) {
                reading.attempt(() -> reading.file(document(file)));
            }
        }
        for (String preset : switchedOn) {
            if (!files.containsKey(preset + ".yaml")) {
                reading.attempt(() -> reading.preset(preset, new Problem(PRESETS_SETTING, 0, "")));
            }
        }
        return reading.finish();
    }

    /**
     * Reads the presets of these folders.
     *
     * @throws ConfigurationException if one of them is not well-formed
     */
    List<PresetSummary> presets(List<ConfigFolder> folders) throws ConfigurationException {
        Presets presets = new Presets(SCHEMA, folders);
        List<PresetSummary> summaries = new ArrayList<>();
        for (String name : presets.names()) {
            summaries.add(PresetSummary.of(presets.read(name, new Problem(PRESETS_SETTING, 0, ""))));
        }
        return summaries;
    }

    /** What a file says, if it fits the schema of provider files. */
    static YamlDocument document(ConfigFile file) throws ConfigurationException {
        YamlDocument document = YamlDocument.parse(file);
        List<Problem> misfits = SCHEMA.check(document);
        if (!misfits.isEmpty()) {
            throw new ConfigurationException(misfits);
        }
        return document;
    }
}
