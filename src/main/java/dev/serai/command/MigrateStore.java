package dev.serai.command;

import dev.serai.store.Migrations;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code serai store migrate}: brings the schema to the version of this program. */
@Command(
        name = "migrate",
        description =
                "Make the tables, or bring them to the version of this program. A newer database is left as it is.")
public final class MigrateStore extends TerminalCommand implements Callable<Integer> {
    private final StoreSetup setup;

    public MigrateStore(StoreSetup setup) {
        this.setup = setup;
    }

    @Override
    public Integer call() throws Exception {
        try (StoreInstallation store = setup.open()) {
            Migrations migrations = new Migrations(store.database());
            int steps = migrations.migrate();
            out().println(store.database().url() + ": schema "
                    + migrations.state().known() + (steps == 0 ? ", as before" : ", new"));
            return 0;
        }
    }
}
