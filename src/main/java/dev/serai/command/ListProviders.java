package dev.serai.command;

import dev.serai.catalog.Auth;
import dev.serai.catalog.Provider;
import dev.serai.config.ConfigurationException;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code serai providers list}: a line for each provider, in the order in which they are asked. */
@Command(
        name = "list",
        description = "List the providers in the order in which a model that several serve is asked of them.")
public final class ListProviders implements Callable<Integer> {
    private final Setup setup;

    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandLine.Model.CommandSpec spec;

    public ListProviders(Setup setup) {
        this.setup = setup;
    }

    @Override
    public Integer call() throws ConfigurationException {
        Installation installation = setup.find();
        Table table = new Table("PROVIDER", "NAME", "MODELS", "DIALECTS", "KEY", "BASE URL");
        for (Provider provider : installation.files().read().catalog().providers()) {
            table.row(
                    provider.id(),
                    provider.name(),
                    provider.models().size() + (provider.discoverModels() ? " and what it is asked for" : ""),
                    String.join(", ", provider.dialects().keySet()),
                    key(provider, installation.hasKey(provider)),
                    provider.baseUrl().toString());
        }
        spec.commandLine().getOut().println(table);
        return 0;
    }

    private static String key(Provider provider, boolean isThere) {
        return provider.auth() instanceof Auth.Header header
                ? header.env() + (isThere ? " (set)" : " (not set)")
                : "none needed";
    }
}
