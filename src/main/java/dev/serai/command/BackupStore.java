package dev.serai.command;

import dev.serai.store.Backup;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code serai store backup FILE}: the store in a file that restores into any database. */
@Command(
        name = "backup",
        description =
                "Write the store to a file, while the gateway runs or not. Encrypted values stay encrypted, so that the"
                        + " file is of no use without the master key: keep that elsewhere.")
public final class BackupStore extends TerminalCommand implements Callable<Integer> {
    private final StoreSetup setup;

    @Parameters(paramLabel = "FILE", description = "Is not overwritten. Such as serai-backup.jsonl.gz")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path file;

    public BackupStore(StoreSetup setup) {
        this.setup = setup;
    }

    @Override
    public Integer call() throws Exception {
        try (StoreInstallation store = setup.open()) {
            long rows = new Backup(store.database()).write(file, store.clock());
            out().println(file + ": " + rows + " rows of " + store.database().url());
            return 0;
        }
    }
}
