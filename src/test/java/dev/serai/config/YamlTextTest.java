package dev.serai.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YamlTextTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no",
                "1e3",
                "0x1F",
                "2026-11-22",
                "~",
                "null",
                ".inf",
                "a: b",
                "a #b",
                "- a",
                "{{env:A}}",
                "*a",
                "&a",
                " a ",
                "a\nb",
                "a\r\nb\n",
                "a\tb",
                "\"",
                "'",
                "a\\b",
                "\u2028",
                "\u0085",
                "\uFEFF",
                "日本",
                "🐫",
                "%a",
                "@a",
                "",
                "a -",
                "a-",
                "claude-*",
                "y",
                "<<",
                "="
            })
    void any_text_is_read_as_it_was_written(String text) throws Exception {
        ObjectNode tree = JSON.createObjectNode().put("text", text).put(text, "name");
        tree.putArray("list")
                .add(text)
                .addObject()
                .put(text, text)
                .putArray("deep")
                .add(text)
                .addArray()
                .add(text);
        tree.putObject("none").putArray("empty");
        String yaml = YamlText.of(tree);
        assertThat(YamlDocument.parse(new ConfigFile("a.yaml", "a.yaml", yaml)).root())
                .as("%s", yaml)
                .isEqualTo(tree);
    }
}
