package dev.serai;

import dev.serai.config.ConfigurationException;
import org.apache.camel.spi.PropertiesSource;
import org.jspecify.annotations.Nullable;

/** Serai's settings as properties of the context, so that routes can say {@code {{serai.attempt-timeout}}}. */
record SettingsSource(Settings settings) implements PropertiesSource {
    @Override
    public String getName() {
        return "serai";
    }

    @Override
    public @Nullable String getProperty(String name) {
        return switch (name) {
            case "serai.version" -> Version.text();
            case "serai.is-counting" -> Boolean.toString(isCounting());
            case "serai.is-selling" -> Boolean.toString(Selling.isThroughStripe(settings));
            default -> settings.values().get(name);
        };
    }

    /** Whether there is a store, and usage is written to it: some routes have nothing to do otherwise. */
    private boolean isCounting() {
        try {
            return Management.isWanted(settings) && new Options(settings).credits() != Options.Credits.OFF;
        } catch (ConfigurationException e) {
            return false; // told where the settings are checked
        }
    }
}
