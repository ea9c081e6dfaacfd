package dev.serai;

import dev.serai.access.AccessKeyFile;
import dev.serai.config.ConfigFile;
import dev.serai.config.ConfigurationException;
import dev.serai.config.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.camel.main.Main;

/**
 * Would Serai start with these settings? Checks every file against its schema, then starts everything once, on free loopback
 * ports, and stops it. Changes nothing: where there are no access keys yet, it works in a home of its own, because a first key is
 * for a start that shows it.
 */
final class Check {
    private final Settings asked;
    private final Settings settings;

    Check(Settings settings) {
        this.asked = settings;
        this.settings = settings.with("serai.host", "127.0.0.1")
                .with("serai.port", "0")
                .with("serai.sandbox-port", "0")
                .with("serai.reload", "off")
                .with("camel.management.enabled", "false")
                .with("camel.metrics.enabled", "false")
                // A database that others use is not for trying whether Serai starts.
                .with(InstalledStore.SETTING, "")
                .with("serai.credits", "off")
                .with(Selling.STRIPE_KEY, "")
                .with(Selling.STRIPE_WEBHOOK, "");
    }

    /**
     * Checks.
     *
     * @return what was found, in a line
     * @throws ConfigurationException with everything that is wrong, by file and line
     * @throws Exception              if the routes do not start although they fit their schema
     */
    String run() throws Exception {
        InstalledStore.url(asked);
        Accounting.check(asked);
        Selling.check(asked);
        List<ConfigFile> routeFiles = RouteFiles.of(settings);
        List<Problem> problems = RouteFiles.check(routeFiles);
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        if (AccessKeyFile.existsIn(settings.home())) {
            return start(settings, routeFiles.size());
        }
        Path home = Files.createTempDirectory("serai-check");
        try {
            return start(settings.withHome(home), routeFiles.size());
        } finally {
            delete(home);
        }
    }

    private static String start(Settings settings, int routeFiles) throws Exception {
        try (SeraiConfiguration serai = new SeraiConfiguration(settings)) {
            Main main = Serai.boot(serai);
            main.start();
            main.stop();
            return String.format(
                    Locale.ROOT,
                    "All is well: %d providers, %d models, %d route files.",
                    serai.catalog().providers().size(),
                    serai.catalog().models().size(),
                    routeFiles);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
