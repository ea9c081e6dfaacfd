package dev.serai.secrets;

import dev.serai.access.PrivateFile;
import dev.serai.access.Secret;
import dev.serai.access.Secrets;
import dev.serai.config.ConfigurationException;
import dev.serai.config.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The master keys of this Serai. The newest encrypts; the others still open what they encrypted. They come from the variable
 * {@value #VARIABLE} (base64, newest first, separated by commas) and from the file {@code master-key} in SERAI_HOME (a key a
 * line, newest first). The variable's are newer than the file's. Immutable.
 */
public final class MasterKeys {
    /** The environment variable that holds them. */
    public static final String VARIABLE = "SERAI_MASTER_KEY";

    private static final Logger LOG = LoggerFactory.getLogger(MasterKeys.class);
    private static final String FILE = "master-key";
    private static final String HEADING = """
            # Serai's master keys, newest first. They open the providers' keys in the store, and nothing else does:
            # keep a copy, apart from the backups of the store.
            """;

    private final Map<String, MasterKey> byId;
    private final MasterKey newest;

    /** @throws IllegalArgumentException if there are none */
    public MasterKeys(List<MasterKey> newestFirst) {
        if (newestFirst.isEmpty()) {
            throw new IllegalArgumentException("there is no master key");
        }
        newest = newestFirst.get(0);
        byId = newestFirst.stream()
                .collect(Collectors.toMap(MasterKey::id, key -> key, (one, same) -> one, LinkedHashMap::new));
    }

    /** Where the file of this home is, if there is one. */
    static Path file(Path home) {
        return home.resolve(FILE);
    }

    /** Whether this home has a file of them already. */
    public static boolean existIn(Path home) {
        return Files.exists(home.resolve(FILE));
    }

    /**
     * The keys of the variable and of this home. If there are none, one is made in the home, and the log warns of it.
     *
     * @param variable the value of {@value #VARIABLE}, null if it is not set
     * @param masked   where the keys are registered
     * @throws ConfigurationException if what is there is no key; the message does not show it
     * @throws IOException            if there is none, and none can be written
     */
    public static MasterKeys of(@Nullable String variable, Path home, SecureRandom random, Secrets masked)
            throws ConfigurationException, IOException {
        Optional<MasterKeys> found = find(variable, home, masked);
        if (found.isPresent()) {
            return found.get();
        }
        create(home.resolve(FILE), random);
        return new MasterKeys(read(home.resolve(FILE), masked));
    }

    /**
     * The keys of the variable and of this home; none is made.
     *
     * @throws ConfigurationException like {@link #of}
     */
    public static Optional<MasterKeys> find(@Nullable String variable, Path home, Secrets masked)
            throws ConfigurationException {
        List<MasterKey> keys = new ArrayList<>();
        if (variable != null && !variable.isBlank()) {
            for (String text : variable.split(",", -1)) {
                keys.add(parse(VARIABLE, 0, text.strip(), masked));
            }
        }
        if (existIn(home)) {
            keys.addAll(read(home.resolve(FILE), masked));
        }
        return keys.isEmpty() ? Optional.empty() : Optional.of(new MasterKeys(keys));
    }

    private static void create(Path file, SecureRandom random) throws IOException {
        MasterKey key = MasterKey.generate(random);
        PrivateFile.createOnce(file, text(List.of(key)));
        LOG.atWarn()
                .addKeyValue("file", file)
                .log(
                        "a master key was made; without it nobody can read the providers' keys in the store, so keep a copy");
    }

    private static List<MasterKey> read(Path file, Secrets masked) throws ConfigurationException {
        List<String> lines;
        try {
            PrivateFile.warnIfOthersMayRead(file);
            lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new ConfigurationException(new Problem(file.toString(), 0, "cannot be read: " + e.getMessage()));
        }
        List<MasterKey> keys = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                keys.add(parse(file.toString(), i + 1, line, masked));
            }
        }
        if (keys.isEmpty()) {
            throw new ConfigurationException(
                    new Problem(file.toString(), 0, "holds no key; restore it from a backup, or delete it"));
        }
        return keys;
    }

    private static MasterKey parse(String place, int line, String text, Secrets masked) throws ConfigurationException {
        try {
            MasterKey key = MasterKey.parse(text);
            masked.register(new Secret(text));
            return key;
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(new Problem(place, line, String.valueOf(e.getMessage())));
        }
    }

    /**
     * Makes a new key, which is the newest from now on, in the file of this home. The older ones stay in it.
     *
     * @throws ConfigurationException if the file there holds something else
     */
    public static MasterKey addTo(Path home, SecureRandom random, Secrets masked)
            throws ConfigurationException, IOException {
        Path file = home.resolve(FILE);
        List<MasterKey> keys = new ArrayList<>();
        MasterKey added = MasterKey.generate(random);
        keys.add(added);
        if (Files.exists(file)) {
            keys.addAll(read(file, masked));
        }
        PrivateFile.write(file, text(keys));
        return added;
    }

    private static byte[] text(List<MasterKey> keys) {
        return keys.stream()
                .map(key -> key.reveal() + "\n")
                .collect(Collectors.joining("", HEADING, ""))
                .getBytes(StandardCharsets.UTF_8);
    }

    /** The one that encrypts. */
    public MasterKey newest() {
        return newest;
    }

    /** The ids of all, newest first. */
    public List<String> ids() {
        return List.copyOf(byId.keySet());
    }

    @Nullable
    MasterKey find(String id) {
        return byId.get(id);
    }
}
