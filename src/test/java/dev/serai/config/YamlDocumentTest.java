package dev.serai.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlDocumentTest {
    private static final String TEXT = """
            # a comment
            id: openai
            auth:
              header: Authorization

              "a/b~c": 1
            models:
              - id: one
              -
                id: two
            """;

    @ParameterizedTest
    @CsvSource({
        "'', 2",
        "/id, 2",
        "/auth, 3",
        "/auth/header, 4",
        "/auth/a~1b~0c, 6",
        "/models, 7",
        "/models/0, 8",
        "/models/0/id, 8",
        "/models/1/id, 10",
        "/auth/absent, 3",
        "/absent, 2",
    })
    void every_value_knows_its_line_and_an_absent_one_the_line_around_it(String pointer, int line) throws Exception {
        assertThat(YamlDocument.parse(file(TEXT)).line(pointer)).isEqualTo(line);
    }

    @Test
    void values_have_their_types() throws Exception {
        var root = YamlDocument.parse(file("{a: 1, b: 1.5, c: true, d: null, e: yes, f: 2023-06-01, g: '1'}"))
                .root();
        assertThat(root)
                .hasToString(
                        "{\"a\":1,\"b\":1.5,\"c\":true,\"d\":null,\"e\":\"yes\",\"f\":\"2023-06-01\",\"g\":\"1\"}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a: 1\\na: 2                     | f.yaml:2: the key 'a' stands already on line 1
            a:\\n  b: 1\\n  c: 2\\n  b: 3   | f.yaml:4: the key 'b' stands already on line 2
            a: &x 1\\nb: *x                 | f.yaml:2: aliases (*x) are not supported here
            a: 1\\n---\\nb: 2               | f.yaml:3: begins a second document; a file holds one
            ''                              | f.yaml:1: is empty
            # nothing                       | f.yaml:1: is empty
            """)
    void what_yaml_would_let_pass_is_refused(String text, String problem) {
        assertThat(refused(text.replace("\\n", "\n"))).hasMessage(problem);
    }

    @ParameterizedTest
    @CsvSource({"'a: [1, 2', 1", "'a: 1\n  b: 2', 2", "'a: 1\nb: \"x', 2", "'a:\n\tb: 2', 2", "'a: 1\nb: @x', 2"})
    void a_syntax_error_names_its_line(String text, int line) {
        ConfigurationException refused = refused(text);
        assertThat(refused.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.line()).isEqualTo(line);
            assertThat(problem.reason()).startsWith("is not valid YAML: ").doesNotContain("\n");
        });
    }

    @Test
    void all_duplicate_keys_are_named_at_once() {
        assertThat(refused("a: 1\na: 2\nb: 1\nb: 2").problems())
                .extracting(Problem::line)
                .containsExactly(2, 4);
    }

    private static ConfigurationException refused(String text) {
        return catchThrowableOfType(ConfigurationException.class, () -> YamlDocument.parse(file(text)));
    }

    private static ConfigFile file(String text) {
        return new ConfigFile("f.yaml", "f.yaml", text);
    }
}
