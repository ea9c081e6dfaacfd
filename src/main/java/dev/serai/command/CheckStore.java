package dev.serai.command;

import dev.serai.secrets.MasterKeys;
import dev.serai.secrets.Vault;
import dev.serai.store.Store;
import dev.serai.store.StoreCheck;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** {@code serai store check}: a line for each thing that was looked at. Exits with 1 if something is wrong. */
@Command(
        name = "check",
        description = "Look whether the database is sound, and whether the master keys open what is encrypted in it.")
public final class CheckStore extends TerminalCommand implements Callable<Integer> {
    private final StoreSetup setup;

    public CheckStore(StoreSetup setup) {
        this.setup = setup;
    }

    @Override
    public Integer call() throws Exception {
        try (StoreInstallation installed = setup.open()) {
            SecureRandom random = new SecureRandom();
            MasterKeys keys = installed.masterKeys().orElse(null);
            @Nullable Vault vault = keys == null ? null : new Vault(keys, random);
            Store store = new Store(installed.database(), installed.clock(), random);
            List<StoreCheck.Finding> findings = new StoreCheck(store, vault).run();
            Table table = new Table("CHECK", "", installed.database().url().toString());
            findings.forEach(
                    finding -> table.row(finding.subject(), finding.isGood() ? "ok" : "FAILED", finding.text()));
            out().println(table);
            return findings.stream().allMatch(StoreCheck.Finding::isGood) ? 0 : 1;
        }
    }
}
