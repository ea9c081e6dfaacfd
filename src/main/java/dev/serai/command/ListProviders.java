package dev.serai.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.catalog.Auth;
import dev.serai.catalog.DescribedCatalog;
import dev.serai.catalog.Provider;
import dev.serai.config.ConfigurationException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code serai providers list}: a line for each provider, in the order in which they are asked. */
@Command(
        name = "list",
        description = "List the providers in the order in which a model that several serve is asked of them.")
public final class ListProviders extends JsonCommand implements Callable<Integer> {
    private final Setup setup;

    public ListProviders(Setup setup) {
        this.setup = setup;
    }

    @Override
    public Integer call() throws ConfigurationException {
        Installation installation = setup.find();
        DescribedCatalog described = installation.files().read();
        out().println(isJson() ? json(installation, described) : table(installation, described));
        return 0;
    }

    private static String table(Installation installation, DescribedCatalog described) {
        Table table = new Table("PROVIDER", "NAME", "MODELS", "DIALECTS", "KEY", "BASE URL", "FROM");
        for (Provider provider : described.catalog().providers()) {
            table.row(
                    provider.id(),
                    provider.name(),
                    provider.models().size() + (provider.discoverModels() ? " and what it is asked for" : ""),
                    String.join(", ", provider.dialects().keySet()),
                    key(provider, installation.hasKey(provider)),
                    isKnown(provider) ? provider.baseUrl().toString() : "any free port of this machine",
                    from(provider, described));
        }
        return table.toString();
    }

    private static String from(Provider provider, DescribedCatalog described) {
        return described.ownFile(provider).orElse("shipped");
    }

    private static String key(Provider provider, boolean isThere) {
        return provider.auth() instanceof Auth.Header header
                ? header.env() + (isThere ? " (set)" : " (not set)")
                : "none needed";
    }

    /** The sandbox takes a port when the gateway starts. */
    private static boolean isKnown(Provider provider) {
        return provider.baseUrl().getPort() != 0;
    }

    private static String json(Installation installation, DescribedCatalog described) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        for (Provider provider : described.catalog().providers()) {
            ObjectNode one = list.addObject().put("id", provider.id()).put("name", provider.name());
            if (isKnown(provider)) {
                one.put("baseUrl", provider.baseUrl().toString());
            }
            provider.dialects().keySet().forEach(one.putArray("dialects")::add);
            if (provider.auth() instanceof Auth.Header header) {
                one.put("env", header.env());
            }
            one.put("from", from(provider, described));
            one.put("hasKey", installation.hasKey(provider))
                    .put("models", provider.models().size())
                    .put("discoverModels", provider.discoverModels());
        }
        return Shown.json(list);
    }
}
