package dev.serai.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.access.Secret;
import dev.serai.access.Secrets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CurrentVaultTest {
    private static final Owner OWNER = new Owner("provider-key", "default", "pk_1");

    @Test
    void a_master_key_that_another_process_makes_is_known_without_a_restart(@TempDir Path home) throws Exception {
        SecureRandom random = new SecureRandom();
        CurrentVault current = new CurrentVault(null, home, random, new Secrets(10));
        Vault before = current.get();
        assertThat(current.get()).isSameAs(before);

        MasterKeys.addTo(home, random, new Secrets(10));
        Vault other = new Vault(MasterKeys.of(null, home, random, new Secrets(10)), random);
        assertThat(current.get()
                        .open(other.seal(new Secret("sk-0123456789"), OWNER), OWNER)
                        .reveal())
                .isEqualTo("sk-0123456789");
        assertThat(current.get()
                        .open(before.seal(new Secret("sk-before"), OWNER), OWNER)
                        .reveal())
                .isEqualTo("sk-before");
    }

    @Test
    void a_file_that_holds_no_key_any_more_changes_nothing(@TempDir Path home) throws Exception {
        CurrentVault current = new CurrentVault(null, home, new SecureRandom(), new Secrets(10));
        Vault before = current.get();
        Files.writeString(home.resolve("master-key"), "half of a ke");
        assertThat(current.get()).isSameAs(before);
        Files.delete(home.resolve("master-key"));
        assertThat(current.get()).isSameAs(before);
    }
}
