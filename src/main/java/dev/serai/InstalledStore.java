package dev.serai;

import dev.serai.access.Secrets;
import dev.serai.command.StoreInstallation;
import dev.serai.config.ConfigurationException;
import dev.serai.config.Problem;
import dev.serai.secrets.MasterKey;
import dev.serai.secrets.MasterKeys;
import dev.serai.store.Database;
import dev.serai.store.DatabaseUrl;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;

/** The store as the settings name it, for the commands. */
final class InstalledStore implements StoreInstallation {
    static final String SETTING = "serai.database-url";

    private final Settings settings;
    private final Clock clock;
    private final Database database;

    /**
     * Opens the store.
     *
     * @throws ConfigurationException if the setting names no database
     * @throws IOException            if its file cannot be made
     */
    InstalledStore(Settings settings, Clock clock) throws ConfigurationException, IOException {
        this.settings = settings;
        this.clock = clock;
        this.database = Database.open(url(settings));
    }

    /** Which database the settings name. */
    static DatabaseUrl url(Settings settings) throws ConfigurationException {
        try {
            return DatabaseUrl.parse(settings.text(SETTING), settings.home(), Secrets.ofProcess());
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(
                    new Problem(SETTING, 0, e.getMessage() + " (also set by " + Settings.variable(SETTING) + ")"));
        }
    }

    @Override
    public Database database() {
        return database;
    }

    @Override
    public Optional<MasterKeys> masterKeys() throws ConfigurationException {
        return MasterKeys.find(settings.environment().get(MasterKeys.VARIABLE), settings.home(), Secrets.ofProcess());
    }

    @Override
    public boolean isMasterKeySetOutside() {
        return !settings.environment().getOrDefault(MasterKeys.VARIABLE, "").isBlank();
    }

    @Override
    public MasterKey newMasterKey() throws ConfigurationException, IOException {
        return MasterKeys.addTo(settings.home(), new SecureRandom(), Secrets.ofProcess());
    }

    @Override
    public Clock clock() {
        return clock;
    }

    @Override
    public void close() {
        database.close();
    }
}
