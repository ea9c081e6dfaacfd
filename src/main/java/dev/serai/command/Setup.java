package dev.serai.command;

import dev.serai.config.ConfigurationException;

/** Finds the installation once the options of the command line are known. */
@FunctionalInterface
public interface Setup {
    /** @throws ConfigurationException if the settings are wrong */
    Installation find() throws ConfigurationException;
}
