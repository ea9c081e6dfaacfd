package dev.serai.selection;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.catalog.Catalog;
import dev.serai.config.ConfigFile;
import dev.serai.config.ConfigFolder;
import dev.serai.config.ConfigurationException;
import dev.serai.config.Problem;
import dev.serai.config.Schema;
import dev.serai.config.YamlDocument;
import java.util.List;

/** Reads {@code aliases.yaml}, whose form is in {@code config/aliases.schema.json}: all of it or nothing. Thread-safe. */
public final class AliasLoader {
    /** The name of the file in a config folder. */
    public static final String FILE = "aliases.yaml";

    private static final String SCHEMA_FILE = "serai/config/aliases.schema.json";

    /** The folder of the file that comes with Serai. */
    public static final ConfigFolder SHIPPED = new ConfigFolder.ClassPath("serai/config", SCHEMA_FILE);

    private static final Schema SCHEMA = Schema.onClassPath(SCHEMA_FILE);

    private final Strategies strategies;

    public AliasLoader(Strategies strategies) {
        this.strategies = strategies;
    }

    /**
     * Reads the file of the last of these folders that has one.
     *
     * @param catalog what the aliases are checked against
     * @throws ConfigurationException with everything that is wrong in the file
     */
    public Aliases load(List<ConfigFolder> folders, Catalog catalog) throws ConfigurationException {
        ConfigFile last = ConfigFolder.last(folders, FILE);
        return last == null ? Aliases.NONE : read(YamlDocument.parse(last), catalog);
    }

    private Aliases read(YamlDocument document, Catalog catalog) throws ConfigurationException {
        List<Problem> misfits = SCHEMA.check(document);
        if (!misfits.isEmpty()) {
            throw new ConfigurationException(misfits);
        }
        AliasFile file = new AliasFile(document, catalog, strategies);
        JsonNode aliases = document.root().path("aliases");
        List<Alias> read = aliases.properties().stream()
                .map(alias -> file.read(alias.getKey(), alias.getValue()))
                .toList();
        if (!file.problems().isEmpty()) {
            throw new ConfigurationException(file.problems());
        }
        return new Aliases(read);
    }
}
