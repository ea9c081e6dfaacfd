package dev.serai.command;

import dev.serai.config.ConfigurationException;
import dev.serai.secrets.MasterKey;
import dev.serai.secrets.MasterKeys;
import dev.serai.store.Database;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;

/** The store of this installation, opened, and what opens its secrets. */
public interface StoreInstallation extends AutoCloseable {
    Database database();

    /** Those that are there; asking makes none. */
    Optional<MasterKeys> masterKeys() throws ConfigurationException;

    /** Whether they come from the environment, where no command can add one. */
    boolean isMasterKeySetOutside();

    /** Adds one to the file of the home, which is the newest from then on. */
    MasterKey newMasterKey() throws ConfigurationException, IOException;

    Clock clock();

    @Override
    void close();
}
