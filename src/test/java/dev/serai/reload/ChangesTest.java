package dev.serai.reload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChangesTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a=1 b=2     | a=1 b=2     | +[] ~[] -[]
            a=1 b=2     | a=1 b=3 c=4 | +[c] ~[b] -[]
            a=1 b=2 c=3 | c=3         | +[] ~[] -[a, b]
            a=1 b=2     | b=2 a=1     | +[] ~[] -[] reordered
            a=1 b=2     | c=3 a=1     | +[c] ~[] -[b]
            a=1 b=2 c=3 | c=4 d=5 a=1 | +[d] ~[c] -[b] reordered
            """)
    void names_are_told_by_what_became_of_them(String before, String now, String expected) {
        Changes changes = Changes.between(map(before), map(now));
        assertThat("+" + changes.added() + " ~" + changes.changed() + " -" + changes.removed()
                        + (changes.reordered() ? " reordered" : ""))
                .isEqualTo(expected);
        assertThat(changes.isEmpty()).isEqualTo(expected.equals("+[] ~[] -[]"));
    }

    private static Map<String, String> map(String entries) {
        Map<String, String> map = new LinkedHashMap<>();
        for (String entry : entries.split(" ", -1)) {
            map.put(entry.substring(0, 1), entry.substring(2));
        }
        return map;
    }
}
