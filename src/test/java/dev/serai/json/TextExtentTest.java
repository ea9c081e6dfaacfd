package dev.serai.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextExtentTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                                          | 0 | 0
            {"a b c":1}                                 | 0 | 0
            {"a b c" : 1}                               | 0 | 0
            {"x":"one"}                                 | 1 | 3
            {"x":"one two,three"}                       | 3 | 13
            {"x":["one","two"],"y":{"z":"three"}}       | 3 | 11
            {"x":"a_b c-d"}                             | 3 | 7
            {"x":"one\\ntwo"}                           | 2 | 7
            {"x":"a\\"b\\\\c"}                          | 3 | 5
            {"x":"caf\\u00e9 noir"}                     | 2 | 9
            {"x":"","y":true,"z":12345}                 | 0 | 0
            {"x":"one":"two"}                           | 1 | 3
            """)
    void words_and_bytes_are_those_of_string_values(String json, long words, long bytes) {
        assertThat(TextExtent.of(json.getBytes(UTF_8))).isEqualTo(new TextExtent(words, bytes));
    }

    @Test
    void a_long_word_is_one_for_each_32_bytes() {
        assertThat(extent("x".repeat(32)).words()).isEqualTo(1);
        assertThat(extent("x".repeat(33)).words()).isEqualTo(2);
        assertThat(extent("漢".repeat(100)).words()).isEqualTo(10);
    }

    @Test
    void a_picture_or_file_in_base64_is_no_text() {
        String picture = "AbC+/9-_".repeat(10_000) + "==";
        assertThat(extent("data:image/png;base64," + picture)).isEqualTo(new TextExtent(4, 22));
        assertThat(extent("before " + picture + " after")).isEqualTo(new TextExtent(2, 13));
        assertThat(extent("x".repeat(256)).bytes()).isEqualTo(256);
        assertThat(extent("x".repeat(257)).bytes()).isZero();
    }

    @Test
    void what_breaks_off_is_counted_as_far_as_it_goes() {
        assertThat(TextExtent.of("{\"x\":\"one two".getBytes(UTF_8)).words()).isEqualTo(2);
        assertThat(TextExtent.of("{\"x\":\"one\\".getBytes(UTF_8)).words()).isEqualTo(1);
    }

    private static TextExtent extent(String text) {
        return TextExtent.of(("{\"x\":\"" + text + "\"}").getBytes(UTF_8));
    }
}
