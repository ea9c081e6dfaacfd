package dev.serai.access;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.config.ConfigFile;
import dev.serai.config.ConfigurationException;
import dev.serai.config.Problem;
import dev.serai.config.Schema;
import dev.serai.config.YamlDocument;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The file {@code access-keys.yaml} in SERAI_HOME. Its form is in {@code config/access-keys.schema.json}. Read at the
 * start, and again when it has changed; blocks.
 */
public final class AccessKeyFile {
    private static final String NAME = "access-keys.yaml";
    private static final Schema SCHEMA = Schema.onClassPath("serai/config/access-keys.schema.json");

    /**
     * The keys of an opened file.
     *
     * @param keys  who may call
     * @param first the key that was generated because there was no file; null if there was one
     * @param home  what does not change while Serai runs
     */
    public record Opened(AccessKeys keys, @Nullable FirstKey first, Home home) {
        /**
         * The keys of the file as it is now. While there has never been one, the keys stay as they are.
         *
         * @throws ConfigurationException with every problem of the file; also if it is gone, since nobody empties a house by
         *     losing its register
         */
        public Opened again() throws ConfigurationException, IOException {
            if (Files.exists(home.file())) {
                return home.read();
            }
            if (!home.hadFile()) {
                return this;
            }
            throw new ConfigurationException(new Problem(
                    home.file().toString(),
                    0,
                    "is gone; its keys stay valid until Serai stops. To withdraw them all, write 'keys: []'"));
        }
    }

    /** Where keys lie and what they are hashed with, and the key that is valid beside them. */
    private record Home(
            Path file,
            Pepper pepper,
            boolean hadFile,
            @Nullable Secret bootstrap,
            Instant startedAt) {
        Opened read() throws ConfigurationException, IOException {
            return new Opened(
                    withBootstrap(AccessKeyFile.read(file, pepper)),
                    null,
                    new Home(file, pepper, true, bootstrap, startedAt));
        }

        AccessKeys withBootstrap(AccessKeys keys) {
            return bootstrap == null ? keys : keys.withBootstrap(bootstrap, startedAt);
        }
    }

    /** The first key of a home: good from now on, and, once it is kept, after every restart. */
    public static final class FirstKey {
        private final AccessToken token;
        private final Path file;
        private final String text;

        private FirstKey(AccessToken token, Path file, String text) {
            this.token = token;
            this.file = file;
            this.text = text;
        }

        public Secret token() {
            return token.value();
        }

        /**
         * Writes its hash. To be called when somebody is about to see the key: one that was kept before and never shown (because
         * a port was taken, say) could be neither used nor replaced.
         *
         * @throws IOException if the home cannot be written
         */
        public void keep() throws IOException {
            PrivateFile.write(file, text.getBytes(StandardCharsets.UTF_8));
        }
    }

    private AccessKeyFile() {}

    /** The file of this home. */
    public static Path in(Path home) {
        return home.resolve(NAME);
    }

    /** Whether this home has access keys already, so that opening it makes none. */
    public static boolean existsIn(Path home) {
        return Files.exists(in(home));
    }

    /**
     * Reads the keys of this home. At a first start there are none: then the bootstrap key is the only one, or, without
     * a bootstrap key, one is generated.
     *
     * @param pepper    the value of {@value Pepper#VARIABLE}; null for the pepper of the home
     * @param bootstrap a key that is valid beside those of the file, or null
     * @throws ConfigurationException with every problem of the file; also if its pepper is missing, since no key could
     *     match
     * @throws IOException            if the home cannot be written at a first start
     */
    public static Opened open(
            Path home, @Nullable String pepper, @Nullable Secret bootstrap, Clock clock, SecureRandom random)
            throws ConfigurationException, IOException {
        Path file = in(home);
        if (Files.exists(file) && pepper == null && !Pepper.existsIn(home)) {
            throw new ConfigurationException(new Problem(
                    file.toString(),
                    0,
                    "its keys cannot be checked without the file pepper beside it; restore that from a backup, or"
                            + " delete this file to start with a new key"));
        }
        Home opened = new Home(file, Pepper.of(pepper, home, random), false, bootstrap, clock.instant());
        if (Files.exists(file)) {
            return opened.read();
        }
        AccessKeys none = new AccessKeys(opened.pepper(), Map.of());
        return bootstrap == null ? create(opened, none, random) : new Opened(opened.withBootstrap(none), null, opened);
    }

    private static Opened create(Home home, AccessKeys none, SecureRandom random) {
        AccessToken token = AccessToken.generate(random);
        AccessKey key = new AccessKey(token.id(), "first", home.startedAt().truncatedTo(ChronoUnit.SECONDS));
        String text = """
                # Who may call Serai. Holds no key, only hashes that need the file pepper beside it. Keep both together.
                # Removing an entry withdraws its key within seconds.
                keys:
                  - id: "%s"
                    name: "%s"
                    createdAt: "%s"
                    hash: "%s"
                """.formatted(
                        key.id(),
                        key.name(),
                        key.createdAt(),
                        home.pepper().hash(token.value().reveal()).hex());
        return new Opened(none.with(token.value(), key), new FirstKey(token, home.file(), text), home);
    }

    private static AccessKeys read(Path path, Pepper pepper) throws ConfigurationException, IOException {
        PrivateFile.warnIfOthersMayRead(path);
        YamlDocument document = YamlDocument.parse(ConfigFile.read(path));
        List<Problem> problems = new ArrayList<>(SCHEMA.check(document));
        Map<KeyHash, AccessKey> keys = new HashMap<>();
        if (problems.isEmpty()) {
            Map<String, Integer> lines = new HashMap<>();
            for (int i = 0; i < document.root().path("keys").size(); i++) {
                readEntry(document, i, lines, keys, problems);
            }
        }
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        return new AccessKeys(pepper, keys);
    }

    private static void readEntry(
            YamlDocument document,
            int index,
            Map<String, Integer> lines,
            Map<KeyHash, AccessKey> keys,
            List<Problem> problems) {
        String pointer = "/keys/" + index;
        JsonNode entry = document.root().at(pointer);
        String id = entry.path("id").asText();
        Integer first = lines.putIfAbsent(id, document.line(pointer + "/id"));
        if (first != null) {
            problems.add(document.problem(pointer + "/id", "the key '" + id + "' stands already on line " + first));
        }
        try {
            Instant createdAt = Instant.parse(entry.path("createdAt").asText());
            AccessKey key = new AccessKey(
                    id,
                    entry.path("name").asText(),
                    createdAt,
                    scope(entry.path("access")),
                    allowance(entry.path("limits")));
            if (keys.putIfAbsent(KeyHash.ofHex(entry.path("hash").asText()), key) != null) {
                problems.add(document.problem(pointer + "/hash", "another entry has this hash already"));
            }
        } catch (DateTimeException e) {
            problems.add(document.problem(pointer + "/createdAt", "is no instant such as 2026-11-22T08:00:00Z"));
        }
    }

    private static Scope scope(JsonNode access) {
        return Scope.of(
                texts(access.path("providers").path("allow")),
                texts(access.path("models").path("allow")));
    }

    private static Allowance allowance(JsonNode limits) {
        return Allowance.of(
                        limit(limits, "requestsPerMinute"),
                        limit(limits, "tokensPerMinute"),
                        limit(limits, "concurrentRequests"),
                        limit(limits, "maxInputTokens"),
                        limit(limits, "maxOutputTokens"))
                .withBudgets(budget(limits, "budgetPerDay"), budget(limits, "budgetPerMonth"));
    }

    private static @Nullable Long limit(JsonNode limits, String name) {
        return limits.has(name) ? limits.path(name).asLong() : null;
    }

    /** The schema has seen to it that it is an amount. */
    private static @Nullable BigDecimal budget(JsonNode limits, String name) {
        return limits.has(name) ? new BigDecimal(limits.path(name).asText()) : null;
    }

    /** The texts of a list; null if there is none, which is not the same as an empty one. */
    private static @Nullable List<String> texts(JsonNode list) {
        if (list.isMissingNode()) {
            return null;
        }
        List<String> texts = new ArrayList<>();
        list.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
