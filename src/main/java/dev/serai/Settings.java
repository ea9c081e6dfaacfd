package dev.serai;

import dev.serai.config.ConfigurationException;
import dev.serai.config.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import org.apache.camel.util.TimeUtils;
import org.jspecify.annotations.Nullable;

/**
 * The settings of this start: the shipped {@code application.properties}, over it the user's, over it the environment
 * ({@code serai.attempt-timeout} is {@code SERAI_ATTEMPT_TIMEOUT}). Immutable.
 */
public final class Settings {
    private static final String HOME = "SERAI_HOME";
    private static final String FILE = "application.properties";
    private static final String SHIPPED = "serai/config/" + FILE;

    private final Map<String, String> values;
    private final Map<String, String> environment;
    private final Set<String> ofFile;
    private final @Nullable Path routes;
    private final @Nullable Path config;

    private Settings(
            Map<String, String> values,
            Map<String, String> environment,
            Set<String> ofFile,
            @Nullable Path routes,
            @Nullable Path config) {
        this.values = Map.copyOf(values);
        this.ofFile = Set.copyOf(ofFile);
        this.environment = Map.copyOf(environment);
        this.routes = routes;
        this.config = config;
    }

    /**
     * Reads the settings.
     *
     * @param environment the process's environment
     * @param routes      folder whose route files replace shipped ones, or null
     * @param config      folder whose configuration files replace shipped ones, or null
     * @throws ConfigurationException if a folder or a file cannot be read, or the environment names a setting that is none
     */
    public static Settings read(Map<String, String> environment, @Nullable Path routes, @Nullable Path config)
            throws ConfigurationException {
        Map<String, String> values = new TreeMap<>(shipped());
        List<Problem> problems = new ArrayList<>();
        Set<String> ofFile = Set.of();
        for (Path folder : new Path[] {routes, config}) {
            if (folder != null && !Files.isDirectory(folder)) {
                problems.add(new Problem(folder.toString(), 0, "is no folder"));
            }
        }
        if (config != null && Files.exists(config.resolve(FILE))) {
            ofFile = own(config.resolve(FILE), values, problems);
        }
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        values.replaceAll((name, value) -> environment.getOrDefault(variable(name), value));
        return new Settings(values, environment, ofFile, routes, config);
    }

    private static Map<String, String> shipped() {
        try (InputStream in = Settings.class.getClassLoader().getResourceAsStream(SHIPPED)) {
            if (in == null) {
                throw new IllegalStateException(SHIPPED + " is missing from the class path");
            }
            Properties properties = new Properties();
            properties.load(in);
            return strings(properties);
        } catch (IOException e) {
            throw new IllegalStateException(SHIPPED + " cannot be read", e);
        }
    }

    /** @return the names in the file */
    private static Set<String> own(Path file, Map<String, String> values, List<Problem> problems) {
        Properties properties = new Properties();
        try (Reader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(in);
        } catch (IOException | IllegalArgumentException e) {
            problems.add(new Problem(file.toString(), 0, "cannot be read: " + e.getMessage()));
        }
        strings(properties).forEach((name, value) -> {
            if (name.startsWith("serai.") && !values.containsKey(name)) {
                problems.add(new Problem(file.toString(), 0, "there is no setting " + name));
            }
            values.put(name, value);
        });
        return properties.stringPropertyNames();
    }

    private static Map<String, String> strings(Properties properties) {
        Map<String, String> strings = new TreeMap<>();
        properties
                .stringPropertyNames()
                .forEach(name -> strings.put(name, properties.getProperty(name).strip()));
        return strings;
    }

    /** The environment variable for a setting. */
    static String variable(String name) {
        return name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    /** The same settings with one of them set otherwise. */
    public Settings with(String name, String value) {
        Map<String, String> changed = new TreeMap<>(values);
        changed.put(name, value);
        return new Settings(changed, environment, ofFile, routes, config);
    }

    /** The same settings with another home. */
    public Settings withHome(Path home) {
        Map<String, String> changed = new TreeMap<>(environment);
        changed.put(HOME, home.toString());
        return new Settings(values, changed, ofFile, routes, config);
    }

    /** Who says it: {@code environment:SERAI_PORT}, {@code file:application.properties}, or {@code default} as it is shipped. */
    String origin(String name) {
        String variable = variable(name);
        if (environment.containsKey(variable)) {
            return "environment:" + variable;
        }
        return ofFile.contains(name) ? "file:" + FILE : "default";
    }

    /** Every setting, Camel's among them. */
    public Map<String, String> values() {
        return values;
    }

    public Map<String, String> environment() {
        return environment;
    }

    /** The folder whose route files replace shipped ones. */
    public Optional<Path> routes() {
        return Optional.ofNullable(routes);
    }

    /** The folder whose configuration files replace shipped ones. */
    public Optional<Path> config() {
        return Optional.ofNullable(config);
    }

    /** Where Serai keeps what must survive a restart: {@code SERAI_HOME}, or {@code .serai} in the user's home. */
    public Path home() {
        String home = environment.get(HOME);
        return home == null || home.isBlank()
                ? Path.of(System.getProperty("user.home"), ".serai")
                : Path.of(home).toAbsolutePath();
    }

    /** @throws ConfigurationException if there is no such setting */
    public String text(String name) throws ConfigurationException {
        String value = values.get(name);
        if (value == null) {
            throw new ConfigurationException(new Problem(name, 0, "is not set"));
        }
        return value;
    }

    /** A file; null where the setting is empty. */
    public @Nullable Path file(String name) throws ConfigurationException {
        String value = text(name);
        if (value.isEmpty()) {
            return null;
        }
        Path file = Path.of(value);
        if (!Files.isReadable(file)) {
            throw wrong(name, value, "must be a readable file");
        }
        return file;
    }

    /** @throws ConfigurationException if the setting is neither {@code true} nor {@code false} */
    public boolean flag(String name) throws ConfigurationException {
        String value = text(name);
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default -> throw wrong(name, value, "must be true or false");
        };
    }

    /** @throws ConfigurationException if the setting is no whole number from {@code min} to {@code max} */
    public int number(String name, int min, int max) throws ConfigurationException {
        String value = text(name);
        try {
            int number = Integer.parseInt(value);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw wrong(name, value, "must be a whole number from " + min + " to " + max);
    }

    /** @throws ConfigurationException if the setting is no duration such as {@code 60s} */
    public Duration duration(String name) throws ConfigurationException {
        String value = text(name);
        try {
            Duration duration = Duration.ofMillis(TimeUtils.toMilliSeconds(value));
            if (!duration.isZero() && !duration.isNegative()) {
                return duration;
            }
        } catch (IllegalArgumentException e) {
            // told below
        }
        throw wrong(name, value, "must be a duration such as 500ms, 60s or 30m");
    }

    private static ConfigurationException wrong(String name, String value, String reason) {
        return new ConfigurationException(
                new Problem(name, 0, reason + ", not '" + value + "' (also set by " + variable(name) + ")"));
    }
}
