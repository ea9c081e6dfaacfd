package dev.serai.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.serai.config.ConfigFolder;
import dev.serai.config.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OverlaysTest {
    private static final String PROVIDER = """
            id: mine
            name: Mine
            baseUrl: https://mine.example/v1
            dialects:
              openai-chat: /chat/completions
              openai-embeddings: /embeddings
            auth: none
            modelDefaults: {kind: chat, input: [text], lacks: [reasoning], source: my notes}
            models:
              - id: Known
                context: 1000
                capabilities: [tools]
                aliases: [known-1]
                nicknames: [kn]
                price: unknown
              - id: priced
                price: {input: 1, output: 2}
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    Path folder;

    private DescribedCatalog read(String overlay) throws IOException, ConfigurationException {
        return read("mine.yaml", overlay);
    }

    private DescribedCatalog read(String name, String overlay) throws IOException, ConfigurationException {
        Path providers = Files.createDirectories(folder.resolve("providers"));
        Path overlays = Files.createDirectories(folder.resolve("overlays"));
        Files.writeString(providers.resolve("mine.yaml"), PROVIDER);
        Files.writeString(overlays.resolve(name), overlay);
        return new CatalogLoader(List.of("openai-chat", "openai-embeddings"), Map.of())
                .read(
                        List.of(new ConfigFolder.Directory(providers)),
                        List.of(),
                        List.of(new ConfigFolder.Directory(overlays)),
                        List.of());
    }

    private static String saying(String id, String... statements) {
        return "provider: mine\nmodels:\n  - id: " + id + "\n    said:\n      - {by: a list, on: 2026-11-22, "
                + String.join("}\n      - {by: another, on: 2026-11-21, ", statements) + "}\n";
    }

    private static Model model(DescribedCatalog catalog, String name) {
        return Objects.requireNonNull(catalog.catalog().model("mine", name));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            known  | context: 2000                          | context   | 1000
            known  | 'context: 2000, override: true'        | context   | 2000
            known  | maxOutput: 500                         | maxOutput | 500
            known  | kind: embedding                        | kind      | CHAT
            known  | 'input: [text, image]'                 | input     | [TEXT]
            known  | 'output: [text]'                       | output    | [TEXT]
            known  | name: The known                        | name      | The known
            known  | released: 2026-01-01                   | released  | 2026-01-01
            known  | lifecycle: deprecated                  | stage     | DEPRECATED
            known  | 'capabilities: [streaming]'            | can       | [TOOLS, STREAMING]
            known  | 'lacks: [structured-output]'           | cannot    | [REASONING, STRUCTURED_OUTPUT]
            known  | 'lacks: [tools]'                       | can       | [TOOLS]
            known  | 'lacks: [tools]'                       | cannot    | [REASONING]
            known  | 'capabilities: [reasoning]'            | cannot    | [REASONING]
            known  | 'capabilities: [reasoning], override: true' | can  | [TOOLS, REASONING]
            known  | 'capabilities: [reasoning], override: true' | cannot | []
            known  | 'price: {input: 3, output: 4}'         | input price | 3
            known  | price: free                            | input price | 0
            priced | 'price: {input: 3, output: 4}'         | input price | 1
            priced | 'price: {input: 3, output: 4}, override: true' | input price | 3
            known  | name: x                                | source    | [my notes, a list]
            known  | context: 5                             | source    | [my notes]
            new    | name: x                                | source    | [a list]
            new    | name: x                                | kind      | UNKNOWN
            new    | name: x                                | input     | []
            new    | name: x                                | cannot    | []
            new    | 'kind: chat, price: {input: 1, output: 2}' | input price | 1
            """)
    void a_file_wins_over_its_overlay_unless_that_overrides(String id, String said, String what, String value)
            throws Exception {
        Model model = model(read(saying(id, said)), id);
        Price price = model.prices().at(java.time.Instant.now());
        Object found =
                switch (what) {
                    case "context" -> String.valueOf(model.contextTokens());
                    case "maxOutput" -> String.valueOf(model.maxOutputTokens());
                    case "kind" -> model.kind();
                    case "input" -> model.input();
                    case "output" -> model.output();
                    case "name" -> model.name();
                    case "released" -> String.valueOf(model.released());
                    case "stage" -> model.lifecycle().stage();
                    case "can" -> model.capabilities();
                    case "cannot" -> model.lacks();
                    case "source" -> model.source();
                    default ->
                        String.valueOf(price == null ? null : price.base().usdPerMillion(TokenKind.INPUT));
                };
        assertThat(found).hasToString(value);
    }

    @Test
    void of_two_statements_the_first_counts() throws Exception {
        Model model = model(read(saying("new", "context: 1", "context: 2, maxOutput: 2")), "new");
        assertThat(model.contextTokens()).isEqualTo(1);
        assertThat(model.maxOutputTokens()).isEqualTo(2);
        assertThat(model.source()).containsExactly("a list", "another");
    }

    @Test
    void a_model_of_which_nothing_is_said_is_there() throws Exception {
        DescribedCatalog catalog =
                read("provider: mine\nmodels:\n  - id: bare\n    said: [{by: a list, on: 2026-11-22}]\n");
        assertThat(model(catalog, "bare").source()).containsExactly("a list");
        assertThat(catalog.catalog().models())
                .extracting(entry -> entry.model().id())
                .containsExactly("Known", "priced", "bare");
    }

    @ParameterizedTest
    @CsvSource({"KNOWN-1", "kn"})
    void what_is_said_of_an_alias_or_a_nickname_is_passed_over(String name) throws Exception {
        DescribedCatalog catalog = read(saying(name, "maxOutput: 7"));
        assertThat(catalog.catalog().models()).hasSize(2);
        assertThat(model(catalog, "known").maxOutputTokens()).isNull();
    }

    @Test
    void an_overlay_for_a_provider_that_there_is_not_is_passed_over() throws Exception {
        assertThat(read("gone.yaml", "provider: gone\nmodels: []\n").catalog().providers())
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            mine.yaml | 'provider: other\nmodels: []'     | :1: the overlay of 'other' belongs into a file named other.yaml
            mine.yml  | 'provider: mine\nmodels: []'      | : overlays end in .yaml; this one would not be read
            mine.yaml | 'provider: mine\nmodels:\n  - id: new\n    said:\n      - {by: l, on: 2026-11-22, contxt: 1}' | :5: models.0.said.0: property 'contxt'
            mine.yaml | 'provider: mine\nmodels:\n  - id: new\n    said:\n      - {by: l, on: 2026-11-22, context: -1}' | :5: models.0.said.0.context
            mine.yaml | 'provider: mine\nmodels:\n  - id: new\n    said:\n      - {on: 2026-11-22}' | :5: models.0.said.0: required property 'by'
            mine.yaml | 'provider: mine\nmodels:\n  - id: new\n    said:\n      - by: l\n        on: 2026-11-22\n        released: 2026-02-30' | :7: there is no day 2026-02-30
            mine.yaml | 'provider: mine\nmodels:\n  - id: new\n    said:\n      - by: l\n        on: 2026-11-22\n        kind: chat\n        price: {input: 1}' | :8: the price of a chat model says what output costs
            """)
    void a_broken_overlay_is_refused_with_line_and_reason(String name, String text, String problem) {
        ConfigurationException refused =
                catchThrowableOfType(ConfigurationException.class, () -> read(name, text.replace("\\n", "\n") + "\n"));
        assertThat(refused.problems())
                .hasSize(1)
                .first()
                .asString()
                .startsWith(folder.resolve("overlays").resolve(name) + problem);
    }

    @Test
    void each_fact_says_who_says_so_and_where() throws Exception {
        DescribedCatalog catalog = read(saying("known", "maxOutput: 500, capabilities: [streaming]"));
        Catalog.Entry entry = Objects.requireNonNull(catalog.catalog().find("mine", "known"));
        assertThat(catalog.facts(entry))
                .extracting(fact -> "%s=%s %s:%d %s %s"
                        .formatted(
                                fact.key(),
                                fact.value(),
                                folder.relativize(Path.of(fact.file())),
                                fact.line(),
                                fact.by(),
                                fact.on()))
                .containsExactly(
                        "id=Known providers/mine.yaml:10 [my notes] ",
                        "context=1000 providers/mine.yaml:11 [my notes] ",
                        "capabilities=[tools] providers/mine.yaml:12 [my notes] ",
                        "capabilities=[streaming] overlays/mine.yaml:5 [a list] 2026-11-22",
                        "aliases=[known-1] providers/mine.yaml:13 [my notes] ",
                        "nicknames=[kn] providers/mine.yaml:14 [my notes] ",
                        "price=unknown providers/mine.yaml:15 [my notes] ",
                        "kind=chat providers/mine.yaml:8 [my notes] ",
                        "input=[text] providers/mine.yaml:8 [my notes] ",
                        "lacks=[reasoning] providers/mine.yaml:8 [my notes] ",
                        "maxOutput=500 overlays/mine.yaml:5 [a list] 2026-11-22");
    }
}
