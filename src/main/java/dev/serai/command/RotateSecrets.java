package dev.serai.command;

import dev.serai.control.Actor;
import dev.serai.secrets.MasterKeys;
import dev.serai.secrets.Vault;
import dev.serai.store.KeyRotation;
import dev.serai.store.Store;
import dev.serai.store.StoreException;
import java.security.SecureRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code serai secrets rotate}: encrypts by the newest master key what an older one encrypted. Exits with 1 if something was left. */
@Command(
        name = "rotate",
        description = "Encrypt everything by the newest master key. Can be repeated, also after it was interrupted.")
public final class RotateSecrets extends TerminalCommand implements Callable<Integer> {
    private static final Actor ACTOR = new Actor(Actor.Kind.COMMAND, "serai secrets rotate");

    private final StoreSetup setup;

    @Option(names = "--new-key", description = "Make a new master key in SERAI_HOME first.")
    private boolean newKey;

    public RotateSecrets(StoreSetup setup) {
        this.setup = setup;
    }

    @Override
    public Integer call() throws Exception {
        try (StoreInstallation installed = setup.open()) {
            if (newKey && installed.isMasterKeySetOutside()) {
                throw new StoreException(
                        MasterKeys.VARIABLE + " is set: put the new key into it, before the older ones");
            }
            if (newKey) {
                installed.newMasterKey();
            }
            MasterKeys keys = installed
                    .masterKeys()
                    .orElseThrow(() -> new StoreException("there is no master key, and therefore nothing to rotate"));
            SecureRandom random = new SecureRandom();
            Store store = new Store(installed.database(), installed.clock(), random);
            KeyRotation.Outcome outcome = new KeyRotation(store, new Vault(keys, random))
                    .rotate(ACTOR, keys.newest().id(), done -> {});
            return tell(outcome, keys);
        }
    }

    private int tell(KeyRotation.Outcome outcome, MasterKeys keys) {
        out().println(outcome.rewrapped() + " values are now encrypted by " + keys.newest());
        outcome.failed().forEach(failure -> err().println("serai: left as it is: " + failure));
        if (outcome.failed().isEmpty() && keys.ids().size() > 1) {
            out().println("Nothing in the store needs "
                    + String.join(", ", keys.ids().subList(1, keys.ids().size())) + " any more; older backups do.");
        }
        return outcome.failed().isEmpty() ? 0 : 1;
    }
}
