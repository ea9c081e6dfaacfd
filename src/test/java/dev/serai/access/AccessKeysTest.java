package dev.serai.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.serai.config.ConfigurationException;
import dev.serai.error.ErrorCode;
import dev.serai.error.GatewayException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessKeysTest {
    private static final Instant NOW = Instant.parse("2026-11-22T09:00:00Z");
    private static final Pepper PEPPER =
            new Pepper("0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII));
    private static final AccessKey KEY = new AccessKey("id", "name", Instant.EPOCH);

    private final AccessToken token = AccessToken.generate(new SecureRandom());
    private final AccessKeys keys = new AccessKeys(PEPPER, Map.of()).with(token.value(), KEY);

    @Test
    void a_known_token_is_its_key() {
        assertThat(keys.authenticate(token.value().reveal(), NOW)).isEqualTo(KEY);
    }

    @Test
    void adding_a_key_leaves_the_old_snapshot_alone() {
        Secret bootstrap = new Secret("any-string-of-16");
        AccessKeys more = keys.withBootstrap(bootstrap, Instant.EPOCH);

        assertThat(more.authenticate("any-string-of-16", NOW).id()).isEqualTo("bootstrap");
        assertThat(more.authenticate(token.value().reveal(), NOW)).isEqualTo(KEY);
        assertThat(more.keys()).hasSize(2);
        assertThatThrownBy(() -> keys.authenticate("any-string-of-16", NOW)).isInstanceOf(GatewayException.class);
    }

    @Test
    void a_snapshot_is_asked_by_many_threads_at_once() {
        List<AccessKey> found = IntStream.range(0, 20_000)
                .parallel()
                .mapToObj(i -> keys.authenticate(token.value().reveal(), NOW))
                .distinct()
                .toList();
        assertThat(found).containsExactly(KEY);
    }

    @ParameterizedTest
    @NullAndEmptySource
    void no_token_is_refused_with_the_places_for_one(@Nullable String none) {
        assertThat(refused(none))
                .hasMessageStartingWith("This request carries no access key.")
                .hasMessageContaining("'Authorization: Bearer <key>', or in the header x-api-key or x-goog-api-key");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            sk-proj-0123456789                                            | A provider's own key does not belong here
            serai-ak-0123456789-abcdefghijklmnopqrstuvwxyz000000          | mistyped or cut short
            serai-ak-0123                                                 | mistyped or cut short
            ' '                                                           | is no access key of this Serai
            """)
    void another_token_is_refused_with_what_is_wrong_with_it(String other, String reason) {
        assertThat(refused(other)).hasMessageContaining(reason);
    }

    @Test
    void a_token_of_another_serai_is_refused() {
        String other = AccessToken.generate(new SecureRandom()).value().reveal();
        assertThat(refused(other))
                .hasMessageContaining("Serai does not know this access key")
                .hasMessageNotContaining(other);
    }

    @Test
    void a_token_differing_in_case_is_refused() {
        AccessKeys lower = new AccessKeys(PEPPER, Map.of()).with(new Secret("abcdefghijklmnop"), KEY);
        assertThatThrownBy(() -> lower.authenticate("ABCDEFGHIJKLMNOP", NOW)).isInstanceOf(GatewayException.class);
    }

    @Test
    void a_token_of_any_length_is_refused_without_showing_it() {
        assertThat(refused("x".repeat(100_000))).hasMessageNotContaining("xxx");
    }

    @Test
    void a_hash_is_the_hmac_of_the_token_under_the_pepper() {
        // printf %s token | openssl dgst -sha256 -hmac 0123456789abcdef0123456789abcdef
        KeyHash hash = KeyHash.ofHex("8bf77106660df6e851e90642fa469ef6a824320af25a6cc5feeb0ed723baad2d");
        assertThat(PEPPER.hash("token")).isEqualTo(hash).hasSameHashCodeAs(hash).hasToString(hash.hex());
        assertThat(PEPPER.hash("tokem")).isNotEqualTo(hash);
        assertThat(new Pepper(new byte[32]).hash("token")).isNotEqualTo(hash);
    }

    @ParameterizedTest
    @ValueSource(strings = {"16-visible-chars", "serai-ak-anything-goes!", "~~~~~~~~~~~~~~~~"})
    void a_bootstrap_key_is_any_string_that_cannot_be_guessed(String value) throws Exception {
        Secrets masked = new Secrets(1);
        assertThat(BootstrapKey.parse(value, masked).reveal()).isEqualTo(value);
        assertThat(masked.redact("got " + value)).isEqualTo("got ***");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                 | has 0 characters; a key that cannot be guessed has at least 16
            only-fifteen-ch    | has 15 characters; a key that cannot be guessed has at least 16
            with a space in it | holds a space
            'sixteen-bytes-\u00fc1' | holds a space, a line break or another character that is not visible ASCII
            """)
    void another_bootstrap_key_is_refused_without_showing_it(String value, String reason) {
        ConfigurationException refused =
                catchThrowableOfType(ConfigurationException.class, () -> BootstrapKey.parse(value, new Secrets(1)));
        assertThat(refused).hasMessageStartingWith("SERAI_BOOTSTRAP_ACCESS_KEY: " + reason);
        if (!value.isEmpty()) {
            assertThat(refused).hasMessageNotContaining(value);
        }
    }

    @Test
    void a_bootstrap_key_that_no_request_could_present_is_refused() {
        assertThatThrownBy(() -> BootstrapKey.parse("x".repeat(AccessKeys.MAX_TOKEN_LENGTH + 1), new Secrets(1)))
                .hasMessage("SERAI_BOOTSTRAP_ACCESS_KEY: has more than 512 characters");
    }

    private GatewayException refused(@Nullable String presented) {
        GatewayException refused =
                catchThrowableOfType(GatewayException.class, () -> keys.authenticate(presented, NOW));
        assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_ACCESS_KEY);
        if (presented != null && !presented.isBlank()) {
            assertThat(refused).hasMessageNotContaining(presented);
        }
        return refused;
    }
}
