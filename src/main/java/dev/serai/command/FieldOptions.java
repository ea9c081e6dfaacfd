package dev.serai.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.client.ApiClient;
import dev.serai.config.ConfigFile;
import dev.serai.config.ConfigurationException;
import dev.serai.config.YamlDocument;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The options of a command that stand for fields, and the file with more of them. */
final class FieldOptions {
    private static final String FILE = "-f";

    private final CommandSpec spec;
    private final List<Field> fields;

    /** Adds the options to the command. */
    FieldOptions(CommandSpec spec, List<Field> fields, boolean takesFile) {
        this.spec = spec;
        this.fields = fields;
        if (takesFile) {
            spec.addOption(OptionSpec.builder(FILE, "--file")
                    .paramLabel("FILE")
                    .type(Path.class)
                    .description("YAML or JSON as the API takes it; options win over it.")
                    .build());
        }
        fields.forEach(field -> field.addTo(spec));
    }

    /** The fields that were given. Configurations are ids then. */
    ObjectNode read(ApiSetup setup, ApiClient api) throws Exception {
        ObjectNode object = ofFile();
        fields.forEach(field -> field.read(spec, setup.clock(), object));
        for (Field field : fields) {
            if (field.form() == FieldForm.CONFIGURATION
                    && object.path(field.place()).isTextual()) {
                String path = Named.path(
                        api, Kind.CONFIGURATIONS, object.path(field.place()).asText());
                object.put(field.place(), path.substring(path.lastIndexOf('/') + 1));
            }
        }
        return object;
    }

    private ObjectNode ofFile() throws ConfigurationException {
        OptionSpec option = spec.findOption(FILE);
        @Nullable Path file = option == null ? null : option.getValue();
        if (file == null) {
            return JsonNodeFactory.instance.objectNode();
        }
        YamlDocument document = YamlDocument.parse(ConfigFile.read(file));
        JsonNode root = document.root();
        if (root instanceof ObjectNode object) {
            return object;
        }
        throw new ConfigurationException(document.problem("", "must be an object"));
    }
}
