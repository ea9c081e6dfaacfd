package dev.serai.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SeamTest {
    private static final String LONG = "It was the best of times, it was the worst of times, ";

    /** Columns: what was told, the pieces that follow with bars between them, what the client reads of them. A tilde is a line break. */
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "Hello,| world,\" world\"",
                "\"Hello \",| world,world",
                "\"Hello \",| |world,world",
                "\"Hello \",world,world",
                "\"Hello~~\",~|~|world,world",
                "\"Hello~~\",~|world,world",
                "\"Hello \",~world,~world",
                "\"Hello \",|  world,\" world\"",
                "\"\",Hello,Hello",
                "\"ha \",|ha |ha,\"ha ha\"",
            })
    void white_space_at_the_seam_is_told_once(String told, String pieces, String expected) {
        Seam seam = new Seam(told.replace('~', '\n'));
        StringBuilder read = new StringBuilder();
        for (String piece : pieces.replace('~', '\n').split("\\|", -1)) {
            read.append(seam.pass(piece));
        }
        assertThat(read.append(seam.rest())).hasToString(expected.replace('~', '\n'));
    }

    @Test
    void nobody_is_shown_white_space_at_the_end() {
        assertThat(new Seam("Hello \n").beginning()).isEqualTo("Hello");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 1000})
    void a_provider_that_repeats_the_beginning_is_heard_from_where_it_goes_on(int size) {
        assertThat(read(LONG, LONG + "it was the age of wisdom", size)).isEqualTo("it was the age of wisdom");
        assertThat(read(LONG, LONG.strip() + " it was", size)).isEqualTo("it was");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 1000})
    void what_only_begins_like_the_beginning_is_no_echo(int size) {
        assertThat(read(LONG, "It was the best of wisdom", size)).isEqualTo("It was the best of wisdom");
        assertThat(read(LONG, "It was", size)).isEqualTo("It was");
    }

    private static String read(String told, String answer, int size) {
        Seam seam = new Seam(told);
        StringBuilder read = new StringBuilder();
        for (int from = 0; from < answer.length(); from += size) {
            read.append(seam.pass(answer.substring(from, Math.min(answer.length(), from + size))));
        }
        return read.append(seam.rest()).toString();
    }

    @Test
    void whatever_the_text_and_wherever_it_is_cut_no_character_is_lost_or_told_twice() {
        Random random = new Random(1);
        for (int run = 0; run < 20_000; run++) {
            List<String> words = IntStream.range(0, 1 + random.nextInt(12))
                    .mapToObj(
                            i -> List.of("a", "b", "ab", " ", "\n", "  ", "a b").get(random.nextInt(7)))
                    .toList();
            String text = String.join("", words).stripTrailing() + "!";
            String told = text.substring(0, random.nextInt(text.length()));
            String rest = text.substring(new Seam(told).beginning().length());
            assertThat(told + read(told, rest, 1 + random.nextInt(5))).isEqualTo(text);
        }
    }
}
