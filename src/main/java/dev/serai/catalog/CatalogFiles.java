package dev.serai.catalog;

import dev.serai.config.ConfigFile;
import dev.serai.config.ConfigFolder;
import dev.serai.config.ConfigurationException;
import dev.serai.config.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The files that the catalog is made of: those that are shipped, and those in the user's configuration folder. Immutable; reading
 * blocks.
 */
public final class CatalogFiles {
    private static final String PROVIDERS = "providers";
    private static final String PRESETS = "presets";
    private static final String OVERLAYS = "overlays";

    private final CatalogLoader loader;
    private final @Nullable Path config;
    private final List<String> switchedOn;

    /**
     * @param config     the user's configuration folder; null if there is none
     * @param switchedOn presets to make a provider of without a file
     */
    public CatalogFiles(CatalogLoader loader, @Nullable Path config, Collection<String> switchedOn) {
        this.loader = loader;
        this.config = config;
        this.switchedOn = List.copyOf(switchedOn);
    }

    /**
     * What all files say together.
     *
     * @throws ConfigurationException with every problem of every file
     */
    public DescribedCatalog read() throws ConfigurationException {
        return read(List.of(), own(OVERLAYS));
    }

    /**
     * What the provider files say by themselves, without overlays.
     *
     * @throws ConfigurationException with every problem of every file
     */
    public DescribedCatalog readWithoutOverlays() throws ConfigurationException {
        return read(List.of(), List.of());
    }

    /**
     * What all files would say together with this overlay, or with it in the place of the one of its name.
     *
     * @throws ConfigurationException with every problem of every file
     */
    public DescribedCatalog readWithOverlay(ConfigFile draft) throws ConfigurationException {
        return read(List.of(), and(own(OVERLAYS), draft));
    }

    /**
     * What all files would say together with this provider file.
     *
     * @throws ConfigurationException with every problem of every file
     */
    public DescribedCatalog readWithProvider(ConfigFile draft) throws ConfigurationException {
        return read(List.of(draft), own(OVERLAYS));
    }

    private static List<ConfigFolder> and(List<ConfigFolder> folders, ConfigFile draft) {
        List<ConfigFolder> all = new ArrayList<>(folders);
        all.add(new ConfigFolder.Held(List.of(draft)));
        return all;
    }

    private DescribedCatalog read(List<ConfigFile> drafts, List<ConfigFolder> overlays) throws ConfigurationException {
        // A folder in it may be missing; that all of it is gone is more likely an accident than meant.
        if (config != null && !Files.isDirectory(config)) {
            throw new ConfigurationException(new Problem(config.toString(), 0, "is no folder"));
        }
        List<ConfigFolder> providers = with(CatalogLoader.SHIPPED, PROVIDERS);
        providers.add(new ConfigFolder.Held(drafts));
        return loader.read(providers, with(CatalogLoader.SHIPPED_PRESETS, PRESETS), overlays, switchedOn);
    }

    /**
     * What a provider file may begin from, in the order of the names.
     *
     * @throws ConfigurationException with every problem of every preset
     */
    public List<PresetSummary> presets() throws ConfigurationException {
        return loader.presets(with(CatalogLoader.SHIPPED_PRESETS, PRESETS));
    }

    private List<ConfigFolder> with(ConfigFolder shipped, String name) {
        List<ConfigFolder> folders = new ArrayList<>(List.of(shipped));
        folders.addAll(own(name));
        return folders;
    }

    private List<ConfigFolder> own(String name) {
        return config == null ? List.of() : List.of(new ConfigFolder.Directory(config.resolve(name)));
    }

    /** The user's folders, which need not exist: a change in one of them may change the catalog. */
    public List<Path> folders() {
        return config == null
                ? List.of()
                : List.of(config.resolve(PROVIDERS), config.resolve(PRESETS), config.resolve(OVERLAYS));
    }

    /** The user's folder of provider files, which need not exist; empty if there is no configuration folder. */
    public Optional<Path> providers() {
        return Optional.ofNullable(config).map(folder -> folder.resolve(PROVIDERS));
    }

    /** The user's folder of overlays, which need not exist; empty if there is no configuration folder. */
    public Optional<Path> overlays() {
        return Optional.ofNullable(config).map(folder -> folder.resolve(OVERLAYS));
    }
}
