package dev.serai.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessTokenTest {
    /** Computed apart from the code: CRC-32 of the first 46 characters is 2545749857, which is 2mHhpZ in base 62. */
    private static final String KNOWN = "serai-ak-0123456789-abcdefghijklmnopqrstuvwxyz";

    @Test
    void a_generated_token_has_the_documented_form_and_reads_back() {
        AccessToken token = AccessToken.generate(new SecureRandom());

        assertThat(token.value().reveal()).matches("serai-ak-[0-9A-Za-z]{10}-[0-9A-Za-z]{32}");
        assertThat(token.value().reveal()).startsWith("serai-ak-" + token.id() + "-");
        assertThat(AccessToken.parse(token.value().reveal())).contains(token);
    }

    @Test
    void no_two_generated_tokens_are_alike() {
        SecureRandom random = new SecureRandom();
        assertThat(AccessToken.generate(random)).isNotEqualTo(AccessToken.generate(random));
    }

    @Test
    void the_checksum_is_the_documented_one() {
        assertThat(AccessToken.parse(KNOWN + "2mHhpZ").map(AccessToken::id)).contains("0123456789");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''
            serai-ak-
            serai-ak-0123456789-abcdefghijklmnopqrstuvwxyz
            serai-ak-0123456789-abcdefghijklmnopqrstuvwxyz000000
            serai-ak-0123456789-abcdefghijklmnopqrstuvwxyz2mHhpZx
            serai-ak-0123456789-abcdefghijklmnopqrstuvwxyA2mHhpZ
            serai-ak-1123456789-abcdefghijklmnopqrstuvwxyz2mHhpZ
            serai-AK-0123456789-abcdefghijklmnopqrstuvwxyz2mHhpZ
            xserai-ak-0123456789-abcdefghijklmnopqrstuvwxyz2mHhpZ
            serai-ak-01234567-9-abcdefghijklmnopqrstuvwxyz2mHhpZ
            """)
    void anything_else_is_not_well_formed(String text) {
        assertThat(AccessToken.isWellFormed(text)).isFalse();
    }

    @Property(tries = 300)
    void a_token_with_one_character_changed_is_not_well_formed(
            @ForAll @IntRange(min = 0, max = 50) int position, @ForAll @CharRange(from = '0', to = 'z') char other) {
        String token = AccessToken.generate(new SecureRandom()).value().reveal();
        String changed = token.substring(0, position) + other + token.substring(position + 1);
        assertThat(AccessToken.isWellFormed(changed)).isEqualTo(changed.equals(token));
    }

    @Test
    void a_token_does_not_print_its_secret() {
        AccessToken token = AccessToken.generate(new SecureRandom());
        assertThat(token.toString())
                .contains(token.id())
                .doesNotContain(token.value().reveal());
    }

    @Test
    void a_key_to_the_api_has_a_form_of_its_own_and_is_no_access_key() {
        AccessToken token = AccessToken.generate(AccessToken.Kind.API, new SecureRandom());
        String text = token.value().reveal();
        assertThat(text).startsWith("serai-api-" + token.id() + "-").hasSize(10 + 10 + 1 + 32);
        assertThat(AccessToken.parse(AccessToken.Kind.API, text)).contains(token);
        assertThat(AccessToken.isWellFormed(text)).isFalse();
        assertThat(Secrets.ofProcess().redact("key " + text)).isEqualTo("key ***");
    }
}
