package dev.serai.selection;

import dev.serai.catalog.Catalog;
import dev.serai.config.ConfigFolder;
import dev.serai.config.ConfigurationException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where aliases are written: in the file that is shipped, or in the user's configuration folder. Immutable; reading blocks. */
public final class AliasFiles {
    private final AliasLoader loader;
    private final @Nullable Path config;

    /** @param config the user's configuration folder; null if there is none */
    public AliasFiles(AliasLoader loader, @Nullable Path config) {
        this.loader = loader;
        this.config = config;
    }

    /**
     * The aliases that are in the files.
     *
     * @param catalog what they are checked against
     * @throws ConfigurationException with everything that is wrong in the file, a name that a model of the catalog has among it
     */
    public Aliases read(Catalog catalog) throws ConfigurationException {
        return loader.load(ConfigFolder.over(AliasLoader.SHIPPED, config), catalog);
    }

    /** The user's file, which need not exist; empty if there is no configuration folder. */
    public Optional<Path> own() {
        return Optional.ofNullable(config).map(folder -> folder.resolve(AliasLoader.FILE));
    }
}
