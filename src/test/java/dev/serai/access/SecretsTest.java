package dev.serai.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
    private final Secrets secrets = new Secrets(100);

    @Test
    void every_occurrence_of_a_registered_value_is_masked() {
        assertThat(secrets.register(new Secret("correct horse"))).isTrue();
        assertThat(secrets.redact("a correct horse, the correct horse!")).isEqualTo("a ***, the ***!");
    }

    @Test
    void a_secret_that_contains_another_leaves_nothing_behind() {
        secrets.register(new Secret("12345678"));
        secrets.register(new Secret("0-12345678-9"));
        assertThat(secrets.redact("0-12345678-9 and 12345678")).isEqualTo("*** and ***");
    }

    @Test
    void a_short_value_is_not_registered() {
        assertThat(secrets.register(new Secret("dummy12"))).isFalse();
        assertThat(secrets.redact("dummy12")).isEqualTo("dummy12");
    }

    @Test
    void a_full_registry_takes_no_more_and_keeps_what_it_has() {
        Secrets two = new Secrets(2);
        assertThat(two.register(new Secret("first-secret"))).isTrue();
        assertThat(two.register(new Secret("second-secret"))).isTrue();
        assertThat(two.register(new Secret("third-secret"))).isFalse();
        assertThat(two.register(new Secret("first-secret"))).isTrue();
        assertThat(two.redact("first-secret third-secret")).isEqualTo("*** third-secret");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            key sk-abcdefgh1234 given                   | key *** given
            sk-proj-A_b-c12345                          | ***
            sk-ant-api03-abcdef                         | ***
            gsk_abcdefgh1234                            | ***
            sk_live_abcdefgh1234, rk_test_12345678      | ***, ***
            whsec_abcdefgh1234                          | ***
            AIzaSyA1234567890abcdef                     | ***
            serai-ak-0123456789-abcdef                  | ***
            serai-api-0123                              | ***
            Authorization: Bearer abc                   | Authorization: ***
            authorization: Bearer ***                   | authorization: Bearer ***
            authorization=Basic dXNlcjpwYXNz            | authorization=***
            Bearer abc.def-ghi, next                    | Bearer ***, next
            {x-api-key=[abc], accept=[*/*]}             | {x-api-key=[***], accept=[*/*]}
            "x-api-key": "abc", "a": "b"                | "x-api-key": "***", "a": "b"
            x-goog-api-key: abc                         | x-goog-api-key: ***
            api_key=abc&b=c                             | api_key=***&b=c
            /v1beta/models?key=abc&alt=sse              | /v1beta/models?key=***&alt=sse
            """)
    void what_looks_like_a_key_is_masked(String text, String redacted) {
        assertThat(secrets.redact(text)).isEqualTo(redacted);
        assertThat(secrets.redact(redacted)).isEqualTo(redacted);
    }

    @Test
    void a_generated_access_key_is_masked_unregistered() {
        String token = AccessToken.generate(new SecureRandom()).value().reveal();
        assertThat(secrets.redact("got " + token + ".")).isEqualTo("got ***.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "ok", "the risk-based task-scheduler", "the bearer", "max_tokens=5", "sk-1", "monkey=banana"
            })
    void ordinary_text_stays_the_same_instance(String text) {
        assertThat(secrets.redact(text)).isSameAs(text);
    }

    @Test
    void of_thousands_of_secrets_none_is_left_and_nothing_else_is_taken() {
        Random random = new Random(1);
        Secrets many = new Secrets(10_000);
        List<String> known = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            String secret = letters(random, 8 + random.nextInt(4));
            assertThat(many.register(new Secret(secret))).isTrue();
            known.add(secret);
        }
        for (int run = 0; run < 2_000; run++) {
            String before = letters(random, random.nextInt(20));
            String text = random.nextBoolean() ? before : before + known.get(random.nextInt(known.size())) + before;
            String redacted = many.redactRegistered(text);
            assertThat(known).noneMatch(redacted::contains);
            if (known.stream().noneMatch(text::contains)) {
                assertThat(redacted).isEqualTo(text);
            }
        }
    }

    private static String letters(Random random, int length) {
        return random.ints(length, 'a', 'd')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
