package dev.serai.refresh;

import dev.serai.access.Credential;
import dev.serai.catalog.Auth;
import dev.serai.catalog.Catalog;
import dev.serai.catalog.CatalogFiles;
import dev.serai.catalog.Provider;
import dev.serai.config.ConfigFile;
import dev.serai.config.ConfigurationException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Compares lists of models with the provider files, and keeps in overlays what the lists say beyond them. Never touches a provider
 * file. An overlay that Serai would refuse is not written. Thread-safe; blocks.
 */
public final class CatalogRefresh {
    /** The largest list that is taken. */
    public static final int MAX_LIST_BYTES = ListDocument.MAX_BYTES;

    private final CatalogFiles files;
    private final Judge judge;
    private final Function<Provider, Optional<Credential>> credentials;
    private final Clock clock;

    /** What else has to fit a catalog before it can be in force: aliases, which share the names of models. */
    @FunctionalInterface
    public interface Judge {
        /** @throws ConfigurationException if the rest of the configuration does not fit this catalog */
        void check(Catalog catalog) throws ConfigurationException;
    }

    /** @param credentials what to ask a provider for its list with; empty if it wants a key and there is none */
    public CatalogRefresh(
            CatalogFiles files, Judge judge, Function<Provider, Optional<Credential>> credentials, Clock clock) {
        this.files = files;
        this.judge = judge;
        this.credentials = credentials;
        this.clock = clock;
    }

    /**
     * The providers' own lists: of all that have one and a key for it, without those that are asked at each start anyway.
     *
     * @throws ConfigurationException if the files are wrong
     */
    public List<ListRequest> ownLists(boolean write) throws ConfigurationException {
        List<ListRequest> requests = new ArrayList<>();
        for (Provider provider : described().providers()) {
            String path = provider.modelLists().path();
            Optional<Credential> credential = credentials.apply(provider);
            if (path != null && !provider.discoverModels() && credential.isPresent()) {
                requests.add(ListRequest.own(provider, path, credential.get(), write));
            }
        }
        return requests;
    }

    /**
     * A provider's own list.
     *
     * @throws ListException          if there is no such provider, it has no list, or its key is missing
     * @throws ConfigurationException if the files are wrong
     */
    public ListRequest ownList(String providerId, boolean write) throws ConfigurationException, ListException {
        Provider provider = provider(described(), providerId);
        String path = provider.modelLists().path();
        if (path == null) {
            throw new ListException(providerId + " has no list that says what it serves");
        }
        Optional<Credential> credential = credentials.apply(provider);
        if (credential.isEmpty()) {
            String variable = provider.auth() instanceof Auth.Header header ? header.env() : "its variable";
            throw new ListException(providerId + " wants a key; set " + variable);
        }
        return ListRequest.own(provider, path, credential.get(), write);
    }

    /** A list at an address of the user's choice. */
    public ListRequest listAt(URI url, @Nullable String providerId, boolean write) {
        return new ListRequest(providerId, url, Map.of(), new Credential.None(), write);
    }

    /**
     * Takes a list that was fetched, or read.
     *
     * @param providerId whose models it lists; null if the document names them, then all that it names and the catalog has
     * @param by         what overlays call the list
     * @param write      whether to write overlays that become others
     * @return what became of it, for each provider
     * @throws ListException          if the list is not to be used
     * @throws ConfigurationException if the files were wrong before
     * @throws IOException            if an overlay cannot be written
     */
    public synchronized List<Outcome> take(@Nullable String providerId, String by, byte[] text, boolean write)
            throws ListException, ConfigurationException, IOException {
        ListDocument document = ListDocument.parse(text);
        Catalog catalog = described();
        if (providerId != null) {
            return List.of(take(provider(catalog, providerId), document, by, write));
        }
        if (!document.namesProviders()) {
            throw new ListException("it lists the models of one provider; say of which with --provider");
        }
        List<Outcome> outcomes = new ArrayList<>();
        for (Provider provider : catalog.providers()) {
            String name = provider.modelLists().modelsDev();
            if (name != null && document.names(name)) {
                outcomes.add(attempt(provider, document, by, write));
            }
        }
        if (outcomes.isEmpty()) {
            throw new ListException("it names none of the providers that there are");
        }
        return outcomes;
    }

    private Outcome attempt(Provider provider, ListDocument document, String by, boolean write) throws IOException {
        try {
            return take(provider, document, by, write);
        } catch (ListException | ConfigurationException e) {
            return Outcome.failed(provider.id(), String.valueOf(e.getMessage()));
        }
    }

    private Outcome take(Provider provider, ListDocument document, String by, boolean write)
            throws ListException, ConfigurationException, IOException {
        String name = provider.modelLists().modelsDev();
        ModelList list = document.models(name == null ? provider.id() : name, by);
        Optional<Path> place = files.overlays();
        if (place.isEmpty() && write) {
            throw new ListException("there is no folder to write to; name one with --config");
        }
        // Without a configuration folder there is no overlay yet, and the comparison is still worth seeing.
        OverlayFolder folder = new OverlayFolder(place.orElse(Path.of("config", "overlays")));
        Overlay before = place.isEmpty() ? new Overlay(provider.id(), List.of()) : folder.read(provider.id());
        ListMerge.Result result = ListMerge.of(provider, before, list, clock.instant());
        Outcome outcome = new Outcome(provider.id(), folder.file(provider.id()), result.changes(), false, "");
        if (!outcome.isChanged()) {
            return outcome;
        }
        ConfigFile draft = folder.draft(result.overlay());
        check(draft);
        if (write) {
            folder.write(draft);
        }
        return new Outcome(provider.id(), folder.file(provider.id()), result.changes(), write, "");
    }

    private void check(ConfigFile draft) throws ListException {
        try {
            judge.check(files.readWithOverlay(draft).catalog());
        } catch (ConfigurationException e) {
            throw new ListException("with it, Serai would refuse its files:\n" + e.getMessage(), e);
        }
    }

    /** What the provider files say by themselves. */
    private Catalog described() throws ConfigurationException {
        return files.readWithoutOverlays().catalog();
    }

    private static Provider provider(Catalog catalog, String id) throws ListException {
        Provider provider = catalog.provider(id);
        if (provider == null) {
            throw new ListException("no provider is called " + id);
        }
        return provider;
    }
}
