package dev.serai.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.serai.config.ConfigFolder;
import dev.serai.config.ConfigurationException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PresetsTest {
    private static final String WHOLE = """
            id: whole
            name: Whole
            order: 7
            baseUrl: https://whole.example/v1
            dialects: {openai-chat: /chat/completions}
            auth: {header: X-Key, env: WHOLE_KEY}
            headers: {X-A: a, X-B: b}
            query: {v: "1"}
            modelDefaults: {kind: chat}
            models: [{id: m}]
            """;
    private static final String OPEN = """
            id: open
            needs: {baseUrl: your own address}
            name: Open
            dialects: {openai-chat: /chat/completions}
            auth: none
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    Path folder;

    @BeforeEach
    void presets() throws IOException {
        write("presets/whole.yaml", WHOLE);
        write("presets/open.yaml", OPEN);
        write("presets/nested.yaml", "id: nested\npreset: whole\n");
        write("presets/broken.yaml", "id: broken\nneeds: {baseUrl: x}\n");
        write(
                "presets/wrong.yaml",
                WHOLE.replace("whole", "wrong").replace("models: [{id: m}]", "models: [{id: m}, {id: M}]"));
    }

    @Test
    void a_file_that_names_a_preset_is_the_preset_under_its_own_id() throws Exception {
        write("providers/mine.yaml", "id: mine\npreset: whole\n");

        Provider mine = provider(load(), "mine");
        assertThat(mine.name()).isEqualTo("Whole");
        assertThat(mine.baseUrl()).isEqualTo(URI.create("https://whole.example/v1"));
        assertThat(mine.models())
                .containsExactly(Model.builder("m").kind(Kind.CHAT).build());
    }

    @Test
    void what_the_file_says_wins_and_headers_and_query_are_merged() throws Exception {
        write("providers/mine.yaml", """
                id: mine
                preset: whole
                name: Mine
                auth: none
                headers: {X-B: c}
                query: {w: "2"}
                models: [{id: n}]
                """);
        Provider mine = provider(load(), "mine");
        assertThat(mine.name()).isEqualTo("Mine");
        assertThat(mine.auth()).isEqualTo(new Auth.None());
        assertThat(mine.headers()).isEqualTo(Map.of("X-A", "a", "X-B", "c"));
        assertThat(mine.query()).isEqualTo(Map.of("v", "1", "w", "2"));
        assertThat(mine.models()).extracting(Model::id).containsExactly("n");
    }

    @Test
    void two_files_may_begin_from_one_preset() throws Exception {
        write("providers/a.yaml", "id: a\npreset: open\nbaseUrl: https://a.example\n");
        write("providers/b.yaml", "id: b\npreset: open\nbaseUrl: https://b.example\n");

        assertThat(load().providers())
                .extracting(Provider::baseUrl)
                .containsExactly(URI.create("https://a.example"), URI.create("https://b.example"));
    }

    @Test
    void a_complete_preset_is_switched_on_without_a_file() throws Exception {
        assertThat(load("whole").providers()).extracting(Provider::id).containsExactly("whole");
        assertThat(load().providers()).isEmpty();
    }

    @Test
    void a_preset_that_is_switched_on_and_has_a_file_is_made_from_the_file() throws Exception {
        write("providers/whole.yaml", "id: whole\npreset: whole\nname: Other\n");
        assertThat(provider(load("whole"), "whole").name()).isEqualTo("Other");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            id: mine\\npreset: none              | mine.yaml:2: there is no preset 'none'; there are broken, nested, open, whole, wrong
            id: mine\\npreset: open              | mine.yaml:2: the preset 'open' leaves baseUrl to this file: your own address
            id: mine\\npreset: open\\nbaseUrl: x | mine.yaml:3: baseUrl: must begin with https:// or http://
            id: mine\\npreset: nested            | nested.yaml:2: a preset cannot be made from another one
            id: mine\\npreset: broken            | broken.yaml:1: required property 'name' not found
            id: mine\\npreset: wrong             | wrong.yaml:10: the model 'M' is listed already on line 10
            id: mine\\npreset: whole\\nmodels: [{id: a}, {id: A}] | mine.yaml:3: the model 'A' is listed already on line 3
            id: mine\\npreset: whole\\nheaders: {x-a: b}          | mine.yaml:3: the header 'x-a' is given twice, also as 'X-A'
            id: mine\\npreset: whole\\nheaders: {x-key: b}        | mine.yaml:3: the header 'x-key' carries the key already, see auth
            id: mine\\npreset: whole\\nneeds: {auth: x}           | mine.yaml:3: needs is for presets
            """)
    void what_is_wrong_is_told_where_it_stands(String file, String problem) throws IOException {
        write("providers/mine.yaml", file.replace("\\n", "\n"));
        assertThat(refused()).contains("/" + problem);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            none | serai.presets: there is no preset 'none'; there are broken, nested, open, whole, wrong
            open | serai.presets: the preset 'open' needs a file config/providers/open.yaml with id: open, preset: open and baseUrl: your own address
            """)
    void a_preset_that_cannot_be_switched_on_says_why(String preset, String problem) {
        assertThat(refused(preset)).isEqualTo(problem);
    }

    private String refused(String... switchedOn) {
        return String.valueOf(catchThrowableOfType(ConfigurationException.class, () -> load(switchedOn))
                .getMessage());
    }

    private Catalog load(String... switchedOn) throws ConfigurationException {
        return new CatalogLoader(List.of("openai-chat"), Map.of())
                .load(
                        List.of(new ConfigFolder.Directory(folder.resolve("providers"))),
                        List.of(new ConfigFolder.Directory(folder.resolve("presets"))),
                        List.of(switchedOn));
    }

    private static Provider provider(Catalog catalog, String id) {
        return Objects.requireNonNull(catalog.provider(id));
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.writeString(file, text);
    }
}
