package dev.serai.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTreeTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{} {}", "nothing", "{\"temperature\":1e400999999999999999999992}"})
    void what_cannot_be_read_is_refused_in_both_ways(String text) {
        assertThatThrownBy(() -> JsonTree.readText(text)).isInstanceOf(CodecException.class);
        assertThatThrownBy(() -> JsonTree.readObject(text.getBytes(UTF_8))).isInstanceOf(CodecException.class);
    }
}
