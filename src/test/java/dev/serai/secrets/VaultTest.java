package dev.serai.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.access.Secret;
import dev.serai.control.SealedValue;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class VaultTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Owner OWNER = Owner.providerKey("default", "pk_1");
    private static final Secret VALUE = new Secret("sk-canary-7f3a");

    private final MasterKey old = MasterKey.generate(RANDOM);
    private final MasterKey fresh = MasterKey.generate(RANDOM);

    private static Vault vault(MasterKey... newestFirst) {
        return new Vault(new MasterKeys(List.of(newestFirst)), RANDOM);
    }

    @Test
    void what_was_sealed_is_opened_and_never_sealed_the_same_twice() {
        Vault vault = vault(old);
        SealedValue sealed = vault.seal(VALUE, OWNER);
        assertThat(vault.open(sealed, OWNER)).isEqualTo(VALUE);
        SealedValue again = vault.seal(VALUE, OWNER);
        assertThat(again.ciphertext()).isNotEqualTo(sealed.ciphertext());
        assertThat(again.wrappedKey()).isNotEqualTo(sealed.wrappedKey());
        assertThat(sealed.toString()).isEqualTo("sealed by " + old.id());
    }

    static Stream<Owner> strangers() {
        return Stream.of(
                Owner.providerKey("default", "pk_2"),
                Owner.providerKey("other", "pk_1"),
                new Owner("idempotency", "default", "pk_1"),
                new Owner("provider-key", "defaultp", "k_1"));
    }

    @ParameterizedTest
    @MethodSource("strangers")
    void what_was_moved_to_another_owner_is_not_opened_there(Owner stranger) {
        Vault vault = vault(old);
        SealedValue sealed = vault.seal(VALUE, OWNER);
        assertThatThrownBy(() -> vault.open(sealed, stranger))
                .isInstanceOf(SealException.class)
                .hasMessageContaining("moved from another place");
        assertThatThrownBy(() -> vault.rewrap(sealed, stranger)).isInstanceOf(SealException.class);
    }

    @Test
    void whatever_bit_is_changed_it_is_not_opened() {
        Vault vault = vault(old);
        SealedValue sealed = vault.seal(VALUE, OWNER);
        for (int i = 0; i < decoded(sealed.ciphertext()).length; i++) {
            refuses(
                    vault,
                    new SealedValue(
                            sealed.masterKeyId(), sealed.wrappedKey(), sealed.nonce(), bent(sealed.ciphertext(), i)));
        }
        for (int i = 0; i < decoded(sealed.wrappedKey()).length; i++) {
            refuses(
                    vault,
                    new SealedValue(
                            sealed.masterKeyId(), bent(sealed.wrappedKey(), i), sealed.nonce(), sealed.ciphertext()));
        }
        refuses(
                vault,
                new SealedValue(
                        sealed.masterKeyId(), sealed.wrappedKey(), bent(sealed.nonce(), 0), sealed.ciphertext()));
        for (String damaged : List.of("", "AAAA", "no base64!")) {
            refuses(vault, new SealedValue(sealed.masterKeyId(), damaged, sealed.nonce(), sealed.ciphertext()));
            refuses(vault, new SealedValue(sealed.masterKeyId(), sealed.wrappedKey(), damaged, sealed.ciphertext()));
            refuses(vault, new SealedValue(sealed.masterKeyId(), sealed.wrappedKey(), sealed.nonce(), damaged));
        }
    }

    private static void refuses(Vault vault, SealedValue sealed) {
        assertThatThrownBy(() -> vault.open(sealed, OWNER))
                .isInstanceOf(SealException.class)
                .hasMessageNotContaining(VALUE.reveal());
    }

    private static byte[] decoded(String text) {
        return Base64.getDecoder().decode(text);
    }

    private static String bent(String text, int index) {
        byte[] bytes = decoded(text);
        bytes[index] ^= 1;
        return Base64.getEncoder().encodeToString(bytes);
    }

    @Test
    void another_master_key_does_not_open_it_and_both_are_named() {
        SealedValue sealed = vault(old).seal(VALUE, OWNER);
        assertThatThrownBy(() -> vault(fresh).open(sealed, OWNER))
                .isInstanceOf(SealException.class)
                .hasMessageContaining(old.id())
                .hasMessageContaining(fresh.id());
    }

    @Test
    void a_value_that_was_sealed_again_needs_the_newest_key_alone() {
        SealedValue sealed = vault(old).seal(VALUE, OWNER);
        Vault both = vault(fresh, old);
        assertThat(both.isCurrent(sealed)).isFalse();
        assertThat(both.open(sealed, OWNER)).isEqualTo(VALUE);
        SealedValue again = both.rewrap(sealed, OWNER);
        assertThat(both.isCurrent(again)).isTrue();
        assertThat(again.ciphertext()).isEqualTo(sealed.ciphertext());
        assertThat(vault(fresh).open(again, OWNER)).isEqualTo(VALUE);
    }

    @ParameterizedTest
    @CsvSource({
        "sk-ant-api03-0123456789abcdefghijklmnop, sk-ant-a***mnop",
        "0123456789abcdefghijklmnopqrstuvwxyz, 01234567***wxyz",
        "0123456789abcdefghijklmnopqrstuvwxy, 01234567***wxy",
        "0123456789abcdefghij, 0123***ij",
        "012345678, 01***8",
        "012, 0***",
        "01, ***",
        "schlüssel-der-firma-mit-umlaut, ***"
    })
    void a_redacted_value_shows_a_third_at_most(String value, String redacted) {
        assertThat(Redaction.of(new Secret(value))).isEqualTo(redacted);
        assertThat(redacted.length() - 3).isLessThanOrEqualTo(value.length() / 3);
    }
}
