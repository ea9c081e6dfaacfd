package dev.serai;

import dev.serai.access.Secrets;
import dev.serai.catalog.Catalog;
import dev.serai.catalog.CatalogFiles;
import dev.serai.catalog.CatalogLoader;
import dev.serai.catalog.Provider;
import dev.serai.command.Installation;
import dev.serai.config.ConfigFile;
import dev.serai.config.ConfigurationException;
import dev.serai.refresh.CatalogRefresh;
import dev.serai.refresh.ListRequest;
import dev.serai.refresh.Outcome;
import dev.serai.selection.AliasFiles;
import dev.serai.selection.Experience;
import dev.serai.selection.InFlight;
import dev.serai.selection.Latencies;
import dev.serai.selection.ProviderCredentials;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.errorhandler.NoErrorHandlerDefinition;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/** Serai as it is installed here, for the commands. What they fetch goes through the routes that the gateway uses, alone in a context. */
final class Installed implements Installation {
    /** It needs nothing but {@link ListFetching}. */
    private static final String ROUTE_FILE = "catalog.camel.yaml";

    private final Settings settings;
    private final Clock clock;
    private final CatalogFiles files;
    private final AliasFiles aliases;
    private final ProviderCredentials credentials;
    private final ListFetching fetching;

    /** @throws ConfigurationException if a setting is wrong */
    Installed(Settings settings, Clock clock) throws ConfigurationException {
        this.settings = settings;
        this.clock = clock;
        Options options = new Options(settings);
        Map<String, String> variables = new HashMap<>(settings.environment());
        // The sandbox gets both anew at each start of the gateway.
        variables.put(SeraiConfiguration.SANDBOX_PORT, "0");
        variables.put(SeraiConfiguration.SANDBOX_KEY, "made-at-the-start");
        credentials = new ProviderCredentials(variables, Secrets.ofProcess());
        files = new CatalogFiles(
                new CatalogLoader(Formats.dialects().ids(), variables),
                settings.config().orElse(null),
                options.presets());
        aliases = SeraiConfiguration.aliases(
                settings, new Experience(new Latencies(System::nanoTime), new InFlight()), clock);
        fetching = new ListFetching(
                new CatalogRefresh(files, aliases::read, credentials::of, clock), options, Secrets.ofProcess(), clock);
    }

    @Override
    public CatalogFiles files() {
        return files;
    }

    @Override
    public void check(Catalog catalog) throws ConfigurationException {
        aliases.read(catalog);
    }

    @Override
    public CatalogRefresh refresh() {
        return fetching.refresh();
    }

    @Override
    public boolean hasKey(Provider provider) {
        return credentials.of(provider).isPresent();
    }

    @Override
    public Clock clock() {
        return clock;
    }

    @Override
    public List<Outcome> fetch(ListRequest request) throws Exception {
        CamelContext context = new DefaultCamelContext();
        // As in the gateway: otherwise Camel reads a body by itself, and one that breaks off as if it were empty.
        context.setStreamCaching(false);
        try {
            context.getPropertiesComponent().addPropertiesSource(new SettingsSource(settings));
            // What goes wrong is told by the command, once.
            context.getCamelContextExtension().setErrorHandlerFactory(new NoErrorHandlerDefinition());
            fetching.install(context);
            PluginHelper.getRoutesLoader(context).loadRoutes(routes());
            context.start();
            return send(context, request);
        } finally {
            context.stop();
        }
    }

    private List<Resource> routes() throws ConfigurationException {
        List<Resource> resources = new ArrayList<>();
        for (ConfigFile file : RouteFiles.of(settings)) {
            if (file.name().equals(ROUTE_FILE)) {
                resources.add(ResourceHelper.fromString(file.path(), file.text()));
            }
        }
        return resources;
    }

    private static List<Outcome> send(CamelContext context, ListRequest request) throws Exception {
        try (ProducerTemplate template = context.createProducerTemplate()) {
            Exchange exchange =
                    template.send("direct:model-list", sent -> sent.getMessage().setBody(request));
            if (exchange.getException() != null) {
                throw exchange.getException();
            }
            List<Outcome> outcomes = new ArrayList<>();
            for (Object outcome : Objects.requireNonNull(exchange.getMessage().getBody(List.class))) {
                outcomes.add((Outcome) outcome);
            }
            return outcomes;
        }
    }
}
