package dev.serai.command;

import dev.serai.store.Backup;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code serai store restore FILE}: fills an empty store from a backup. */
@Command(
        name = "restore",
        description =
                "Fill an empty store from a backup of any database. All of it, or nothing if the file is damaged or the"
                        + " store is not empty.")
public final class RestoreStore extends TerminalCommand implements Callable<Integer> {
    private final StoreSetup setup;

    @Parameters(paramLabel = "FILE", description = "What serai store backup wrote.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path file;

    public RestoreStore(StoreSetup setup) {
        this.setup = setup;
    }

    @Override
    public Integer call() throws Exception {
        try (StoreInstallation store = setup.open()) {
            long rows = new Backup(store.database()).restore(file);
            out().println(store.database().url() + ": " + rows + " rows of " + file);
            return 0;
        }
    }
}
