package dev.serai.command;

import dev.serai.config.ConfigurationException;
import java.io.IOException;

/** Opens the store once the options of the command line are known. */
@FunctionalInterface
public interface StoreSetup {
    /**
     * Opens it. Whoever opens it closes it.
     *
     * @throws ConfigurationException if the settings are wrong
     * @throws IOException            if the file of the database cannot be made
     */
    StoreInstallation open() throws ConfigurationException, IOException;
}
