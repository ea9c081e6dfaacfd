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
 * Provider files to begin from: {@code presets/<name>.yaml}. A preset that leaves something open says under {@code needs} what a
 * provider file must add. Only presets that are used are read. Immutable and thread-safe.
 */
final class Presets {
    private static final String SUFFIX = ".yaml";

    private final Schema schema;
    private final Map<String, ConfigFile> files = new TreeMap<>();

    /**
     * Finds the presets in these folders. A file replaces one of the same name in an earlier folder.
     *
     * @throws ConfigurationException if a folder cannot be read
     */
    Presets(Schema schema, Collection<ConfigFolder> folders) throws ConfigurationException {
        this.schema = schema;
        for (ConfigFolder folder : folders) {
            for (ConfigFile file : folder.files()) {
                if (file.name().endsWith(SUFFIX)) {
                    files.put(file.name().substring(0, file.name().length() - SUFFIX.length()), file);
                }
            }
        }
    }

    /** What there is, by name. */
    Collection<String> names() {
        return files.keySet();
    }

    /**
     * Reads a preset.
     *
     * @param asked the problem, without its reason, of whoever asks for a preset that there is not
     * @throws ConfigurationException if there is no such preset, or it is not well-formed
     */
    YamlDocument read(String name, Problem asked) throws ConfigurationException {
        ConfigFile file = files.get(name);
        if (file == null) {
            throw new ConfigurationException(new Problem(
                    asked.file(),
                    asked.line(),
                    "there is no preset '" + name + "'; there are " + String.join(", ", names())));
        }
        YamlDocument document = YamlDocument.parse(file);
        List<Problem> problems = new ArrayList<>(schema.check(document));
        if (document.root().has("preset")) {
            problems.add(document.problem("/preset", "a preset cannot be made from another one"));
        }
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        return document;
    }

    /**
     * A provider's description from its own file and the preset.
     *
     * @throws ConfigurationException if the file does not say what the preset leaves open
     */
    static Origin over(YamlDocument preset, YamlDocument own) throws ConfigurationException {
        List<Problem> open = new ArrayList<>();
        preset.root().path("needs").properties().forEach(need -> {
            if (!own.root().has(need.getKey())) {
                open.add(own.problem(
                        "/preset",
                        "the preset '" + preset.root().path("id").asText() + "' leaves " + need.getKey()
                                + " to this file: " + need.getValue().asText()));
            }
        });
        if (!open.isEmpty()) {
            throw new ConfigurationException(open);
        }
        return Origin.Layered.of(own, preset);
    }

    /**
     * A provider that is as its preset says.
     *
     * @throws ConfigurationException if the preset leaves something open
     */
    static Origin alone(YamlDocument preset, Problem asked) throws ConfigurationException {
        List<Problem> open = new ArrayList<>();
        String id = preset.root().path("id").asText();
        preset.root()
                .path("needs")
                .properties()
                .forEach(need -> open.add(new Problem(
                        asked.file(),
                        asked.line(),
                        "the preset '" + id + "' needs a file config/providers/" + id + ".yaml with id: " + id
                                + ", preset: " + id + " and " + need.getKey() + ": "
                                + need.getValue().asText())));
        if (!open.isEmpty()) {
            throw new ConfigurationException(open);
        }
        return new Origin.Single(preset);
    }
}
