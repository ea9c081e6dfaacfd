package dev.serai.secrets;

import dev.serai.access.Secrets;
import dev.serai.config.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.SecureRandom;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The vault with the master keys of this moment. The file in SERAI_HOME is read again when it has changed, so that keys that
 * {@code serai secrets rotate} makes are known without a restart; while it holds nothing that can be used, the keys from before stay.
 * Thread-safe.
 */
public final class CurrentVault implements Supplier<Vault> {
    private static final Logger LOG = LoggerFactory.getLogger(CurrentVault.class);

    private final @Nullable String variable;
    private final Path home;
    private final SecureRandom random;
    private final Secrets masked;
    private List<Object> seen;
    private Vault vault;

    /**
     * Reads the keys, and makes one if there is none.
     *
     * @param variable the value of {@value MasterKeys#VARIABLE}; null if it is not set
     * @throws ConfigurationException like {@link MasterKeys#of}
     * @throws IOException            like {@link MasterKeys#of}
     */
    public CurrentVault(@Nullable String variable, Path home, SecureRandom random, Secrets masked)
            throws ConfigurationException, IOException {
        this.variable = variable;
        this.home = home;
        this.random = random;
        this.masked = masked;
        this.vault = new Vault(MasterKeys.of(variable, home, random, masked), random);
        this.seen = look();
    }

    /** The same one as long as the keys are the same. Looks at the attributes of a file. */
    @Override
    public synchronized Vault get() {
        List<Object> now = look();
        if (!now.equals(seen)) {
            seen = now;
            try {
                MasterKeys.find(variable, home, masked).ifPresent(keys -> vault = new Vault(keys, random));
            } catch (ConfigurationException e) {
                LOG.atWarn()
                        .addKeyValue("reason", e.getMessage())
                        .log("the file of master keys has changed and cannot be used; those from before stay");
            }
        }
        return vault;
    }

    private List<Object> look() {
        try {
            BasicFileAttributes file = Files.readAttributes(MasterKeys.file(home), BasicFileAttributes.class);
            return List.of(file.lastModifiedTime(), file.size(), String.valueOf(file.fileKey()));
        } catch (IOException e) {
            return List.of();
        }
    }
}
