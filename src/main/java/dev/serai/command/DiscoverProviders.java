package dev.serai.command;

import dev.serai.catalog.Catalog;
import dev.serai.catalog.Provider;
import dev.serai.config.ConfigFile;
import dev.serai.config.ConfigurationException;
import dev.serai.refresh.FoundServer;
import dev.serai.refresh.LocalServer;
import dev.serai.refresh.LocalServers;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code serai providers discover}: provider files for the servers of models that run on this machine. Exits with 1 if one could
 * not be written.
 */
@Command(
        name = "discover",
        description =
                "Ask the usual ports of this machine for models, and print provider files for the servers that answer;"
                        + " with --write, put them into the configuration folder. No file is overwritten.")
public final class DiscoverProviders extends TerminalCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Setup setup;
    private final List<LocalServer> kinds;

    @Option(names = "--write", description = "Write the files.")
    private boolean write;

    public DiscoverProviders(Setup setup, List<LocalServer> kinds) {
        this.setup = setup;
        this.kinds = List.copyOf(kinds);
    }

    @Override
    public Integer call() throws Exception {
        Installation installation = setup.find();
        Catalog catalog = installation.files().read().catalog();
        Optional<Path> folder = installation.files().providers();
        if (write && folder.isEmpty()) {
            throw new IOException("there is no folder to write to; name one with --config");
        }
        List<FoundServer> found = new LocalServers(kinds, PATIENCE).find();
        if (found.isEmpty()) {
            out().println("No server of models answers on the usual ports of this machine.");
        }
        boolean failed = false;
        for (FoundServer server : found) {
            Optional<Provider> known = known(catalog, server.baseUrl());
            if (known.isPresent()) {
                out().println("# " + server.kind().name() + " at " + server.baseUrl() + " is the provider "
                        + known.get().id() + " already; " + models(server));
            } else {
                failed |= !offer(installation, catalog, server, folder.orElse(Path.of("config", "providers")));
            }
        }
        return failed ? 1 : 0;
    }

    private static String models(FoundServer server) {
        return server.wantsKey() ? "it wants a key" : "its models: " + String.join(", ", server.ids());
    }

    private static Optional<Provider> known(Catalog catalog, URI baseUrl) {
        return catalog.providers().stream()
                .filter(provider -> place(provider.baseUrl()).equals(place(baseUrl)))
                .findFirst();
    }

    private static String place(URI url) {
        return url.toString().replaceFirst("//(localhost|\\[::1]):", "//127.0.0.1:");
    }

    /** @return whether there is a file to show, or it was written */
    private boolean offer(Installation installation, Catalog catalog, FoundServer server, Path folder)
            throws IOException {
        String plain = server.kind().id();
        String id = catalog.provider(plain) == null
                ? plain
                : plain + "-" + server.baseUrl().getPort();
        Path file = folder.resolve(id + ".yaml");
        String text = server.file(id, ModelJson.day(installation.clock().instant()));
        try {
            installation.check(installation
                    .files()
                    .readWithProvider(new ConfigFile(id + ".yaml", file.toString(), text))
                    .catalog());
            if (write) {
                Files.createDirectories(folder);
                Files.writeString(file, text, StandardOpenOption.CREATE_NEW);
                out().println(file + ": written; " + models(server));
            } else {
                out().println("# --- " + file);
                out().println(text);
            }
            return true;
        } catch (FileAlreadyExistsException e) {
            err().println("serai: " + file + " is there already, and is left as it is");
        } catch (ConfigurationException e) {
            err().println("serai: with " + file + ", Serai would refuse its files:\n" + e.getMessage());
        }
        return false;
    }
}
