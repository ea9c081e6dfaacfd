package dev.serai.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.access.Secrets;
import dev.serai.config.ConfigurationException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MasterKeysTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String FIRST = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    private static final String SECOND = "ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8=";

    @TempDir
    Path home;

    private final Secrets masked = new Secrets(10);

    @Test
    void a_home_without_a_key_gets_one_that_only_its_owner_may_read() throws Exception {
        assertThat(MasterKeys.find(null, home, masked)).isEmpty();
        MasterKeys made = MasterKeys.of(null, home, RANDOM, masked);
        Path file = home.resolve("master-key");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(MasterKeys.of(null, home, RANDOM, masked).ids()).isEqualTo(made.ids());
        String key = Files.readAllLines(file).get(2);
        assertThat(masked.redact("the key is " + key)).isEqualTo("the key is ***");
    }

    @Test
    void the_variable_comes_first_and_the_file_still_opens() throws Exception {
        String made = MasterKeys.of(null, home, RANDOM, masked).newest().id();
        MasterKeys keys = MasterKeys.of(FIRST + ", " + SECOND, home, RANDOM, masked);
        assertThat(keys.ids())
                .containsExactly(
                        MasterKey.parse(FIRST).id(), MasterKey.parse(SECOND).id(), made);
    }

    @Test
    void with_the_variable_no_file_is_made() throws Exception {
        MasterKeys.of(FIRST, home, RANDOM, masked);
        assertThat(MasterKeys.existIn(home)).isFalse();
    }

    @Test
    void a_key_that_is_added_is_the_newest_and_the_older_one_stays() throws Exception {
        String made = MasterKeys.of(null, home, RANDOM, masked).newest().id();
        String added = MasterKeys.addTo(home, RANDOM, masked).id();
        assertThat(MasterKeys.of(null, home, RANDOM, masked).ids()).containsExactly(added, made);
    }

    @Test
    void a_key_has_the_same_id_everywhere_and_does_not_print_itself() {
        assertThat(MasterKey.parse(FIRST)).hasToString(MasterKey.parse(FIRST).id());
        assertThat(MasterKey.parse(FIRST).id())
                .matches("mk_[0-9a-f]{12}")
                .isNotEqualTo(MasterKey.parse(SECOND).id());
    }

    @ParameterizedTest
    @ValueSource(strings = {"hunter2-hunter2", "AAECAwQFBgcICQoLDA0ODw==", "not base64 at all!", FIRST + ","})
    void what_is_no_key_is_refused_without_being_shown(String variable) {
        assertThatThrownBy(() -> MasterKeys.of(variable, home, RANDOM, masked))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("SERAI_MASTER_KEY: ")
                .hasMessageContaining("openssl rand -base64 32")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void a_file_without_a_key_is_refused_rather_than_replaced() throws Exception {
        Files.writeString(home.resolve("master-key"), "# lost\n");
        assertThatThrownBy(() -> MasterKeys.of(null, home, RANDOM, masked))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("holds no key");
    }
}
