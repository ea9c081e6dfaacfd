package dev.serai.command;

import dev.serai.store.Ledger;
import dev.serai.store.Migrations;
import dev.serai.store.StoreCheck;
import dev.serai.store.StoreException;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/**
 * {@code serai credits verify}: a line for each rule of the books, computed anew from the entries and the events. Reads the store itself, so
 * that nothing need run. Exits with 1 if something is wrong.
 */
@Command(name = "verify", description = "Compute the books again from their entries, and say what differs.")
public final class VerifyCredits extends TerminalCommand implements Callable<Integer> {
    private final StoreSetup setup;

    public VerifyCredits(StoreSetup setup) {
        this.setup = setup;
    }

    @Override
    public Integer call() throws Exception {
        try (StoreInstallation installed = setup.open()) {
            if (!new Migrations(installed.database()).state().isCurrent()) {
                throw new StoreException("there are no books, or none of this version, in "
                        + installed.database().url() + "; is that the store that SERAI_HOME or serai.database-url names"
                        + " for the gateway? 'serai store check' says more");
            }
            Ledger ledger = new Ledger(installed.database(), installed.clock(), new SecureRandom());
            List<StoreCheck.Finding> findings = ledger.verify();
            Table table = new Table("BOOKS", "", installed.database().url().toString());
            findings.forEach(finding -> table.row(
                    finding.subject().replaceFirst("^credits: ", ""),
                    finding.isGood() ? "ok" : "FAILED",
                    finding.text()));
            out().println(table);
            return findings.stream().allMatch(StoreCheck.Finding::isGood) ? 0 : 1;
        }
    }
}
