package dev.serai.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PresentedKeyTest {
    @ParameterizedTest(name = "{0} | {1} | {2} | {3} -> {4}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            -                  | -          | -          | -          | -
            Bearer a           | -          | -          | -          | a
            bearer a           | -          | -          | -          | a
            BEARER   a         | -          | -          | -          | a
            'Bearer '          | -          | -          | -          | -
            Bearer             | b          | -          | -          | b
            Basic a            | -          | -          | -          | -
            Basic a            | b          | -          | -          | b
            a                  | -          | -          | -          | -
            -                  | b          | -          | -          | b
            -                  | ' b '      | -          | -          | b
            -                  | -          | c          | -          | c
            -                  | -          | -          | d          | d
            -                  | ''         | ' '        | d          | d
            Bearer a           | b          | c          | d          | a
            Bearer sk-1        | serai-ak-2 | c          | d          | serai-ak-2
            Bearer sk-1        | b          | c          | serai-ak-4 | serai-ak-4
            Bearer serai-ak-1  | serai-ak-2 | -          | -          | serai-ak-1
            Bearer same        | same       | -          | -          | same
            """)
    void of_the_places_that_hold_a_key_the_first_that_is_serais_counts(
            @Nullable String authorization,
            @Nullable String apiKey,
            @Nullable String googApiKey,
            @Nullable String queryKey,
            @Nullable String picked) {
        assertThat(PresentedKey.pick(authorization, apiKey, googApiKey, queryKey))
                .isEqualTo(picked);
    }
}
