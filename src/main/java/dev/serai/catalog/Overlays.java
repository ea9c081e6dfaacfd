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

/** What is said about providers beyond their files: {@code overlays/<provider>.yaml}. One use, one thread. */
public final class Overlays {
    private static final Schema SCHEMA = Schema.onClassPath("serai/config/overlay.schema.json");
    private static final String SUFFIX = ".yaml";

    private final Map<String, ConfigFile> files = new TreeMap<>();

    /**
     * Finds the overlays in these folders. A file replaces one of the same name in an earlier folder.
     *
     * @throws ConfigurationException if a folder cannot be read, or has a file that would not be taken for an overlay
     */
    Overlays(Collection<ConfigFolder> folders) throws ConfigurationException {
        List<Problem> problems = new ArrayList<>();
        for (ConfigFolder folder : folders) {
            for (ConfigFile file : folder.files()) {
                if (file.name().endsWith(SUFFIX)) {
                    files.put(file.name().substring(0, file.name().length() - SUFFIX.length()), file);
                } else if (file.name().endsWith(".yml")) {
                    problems.add(file.problem(0, "overlays end in .yaml; this one would not be read"));
                }
            }
        }
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
    }

    /**
     * A provider's description with what its overlay adds; as it is if there is none.
     *
     * @throws ConfigurationException if the overlay is not well-formed
     */
    Origin over(String provider, Origin origin) throws ConfigurationException {
        ConfigFile file = files.get(provider);
        return file == null ? origin : OverlayMerge.of(origin, read(file));
    }

    /**
     * Reads an overlay.
     *
     * @throws ConfigurationException with everything that is wrong in it by itself
     */
    public static YamlDocument read(ConfigFile file) throws ConfigurationException {
        YamlDocument document = YamlDocument.parse(file);
        List<Problem> problems = new ArrayList<>(SCHEMA.check(document));
        String provider = document.root().path("provider").asText();
        if (problems.isEmpty() && !file.name().equals(provider + SUFFIX)) {
            problems.add(document.problem(
                    "/provider", "the overlay of '" + provider + "' belongs into a file named " + provider + SUFFIX));
        }
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        return document;
    }
}
