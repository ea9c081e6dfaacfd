package dev.serai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.config.ConfigFile;
import dev.serai.config.ConfigFolder;
import dev.serai.config.ConfigurationException;
import dev.serai.config.Problem;
import dev.serai.config.Schema;
import dev.serai.config.YamlDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The route files of this start: the shipped ones, and the user's, which replace shipped ones of the same name. */
final class RouteFiles {
    private static final String ENDING = ".camel.yaml";
    private static final ConfigFolder SHIPPED =
            new ConfigFolder.ClassPath("serai/routes", "serai/config/provider.schema.json");

    private RouteFiles() {}

    /** In the order of their names. Nothing in them is checked yet. */
    static List<ConfigFile> of(Settings settings) throws ConfigurationException {
        Map<String, ConfigFile> files = new TreeMap<>();
        add(SHIPPED, files);
        if (settings.routes().isPresent()) {
            add(new ConfigFolder.Directory(settings.routes().get()), files);
        }
        return List.copyOf(files.values());
    }

    private static void add(ConfigFolder folder, Map<String, ConfigFile> files) throws ConfigurationException {
        for (ConfigFile file : folder.files()) {
            if (file.name().endsWith(ENDING)) {
                files.put(file.name(), file);
            }
        }
    }

    /**
     * Checks files against Camel's own schema of its YAML DSL.
     *
     * @return everything that does not fit, by file and line; empty if all is well
     */
    static List<Problem> check(List<ConfigFile> files) {
        Schema schema = Schema.onClassPath("schema/camelYamlDsl.json");
        List<Problem> problems = new ArrayList<>();
        for (ConfigFile file : files) {
            try {
                problems.addAll(schema.check(YamlDocument.parse(file), RouteFiles::isPlaceholder));
            } catch (ConfigurationException e) {
                problems.addAll(e.problems());
            }
        }
        return problems;
    }

    /** Camel puts a setting in its place, which may be a number or a flag. */
    private static boolean isPlaceholder(JsonNode value) {
        return value.asText().matches("\\{\\{[^{}]+}}");
    }
}
