package dev.serai.selection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.serai.catalog.Catalog;
import dev.serai.catalog.CatalogLoader;
import dev.serai.config.ConfigFile;
import dev.serai.config.ConfigFolder;
import dev.serai.config.ConfigurationException;
import dev.serai.config.Problem;
import dev.serai.dialect.RequestNeeds;
import dev.serai.dialect.openai.OpenAiChat;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AliasLoaderTest {
    private static final Strategies STRATEGIES =
            new Strategies(new Latencies(System::nanoTime), new InFlight(), Random::new, InstantSource.system());

    private static final List<String> DIALECTS = List.of(
            "openai-chat",
            "openai-responses",
            "openai-embeddings",
            "anthropic-messages",
            "anthropic-count-tokens",
            "gemini",
            "gemini-count-tokens",
            "gemini-embeddings");

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    Path folder;

    private Aliases load(String text) throws Exception {
        Files.writeString(folder.resolve("aliases.yaml"), text);
        return new AliasLoader(STRATEGIES)
                .load(List.of(AliasLoader.SHIPPED, new ConfigFolder.Directory(folder)), Shelf.CATALOG);
    }

    private List<String> problems(String text) {
        return catchThrowableOfType(ConfigurationException.class, () -> load(text)).problems().stream()
                .map(Problem::toString)
                .map(problem -> problem.replace(folder.resolve("aliases.yaml").toString(), "aliases.yaml"))
                .toList();
    }

    private static Alias alias(Aliases aliases, String name) {
        return Objects.requireNonNull(aliases.find(name));
    }

    @Test
    void the_shipped_file_defines_nothing_and_its_examples_load() throws Exception {
        ConfigFile shipped = Objects.requireNonNull(AliasLoader.SHIPPED.file(AliasLoader.FILE));
        assertThat(new AliasLoader(STRATEGIES)
                        .load(List.of(AliasLoader.SHIPPED), Shelf.CATALOG)
                        .all())
                .isEmpty();

        String examples = shipped.text()
                .lines()
                .filter(line -> line.startsWith("#   "))
                .map(line -> line.substring(2))
                .collect(Collectors.joining("\n", "aliases:\n", "\n"));
        Files.writeString(folder.resolve("aliases.yaml"), examples);
        Catalog catalog =
                new CatalogLoader(DIALECTS, Map.of("SERAI_SANDBOX_PORT", "1")).load(List.of(CatalogLoader.SHIPPED));
        assertThat(new AliasLoader(STRATEGIES)
                        .load(List.of(new ConfigFolder.Directory(folder)), catalog)
                        .names())
                .containsExactly("smart", "cheap", "trial", "assistant");
    }

    @Test
    void a_folder_without_the_file_leaves_the_shipped_one() throws Exception {
        assertThat(new AliasLoader(STRATEGIES)
                        .load(
                                List.of(AliasLoader.SHIPPED, new ConfigFolder.Directory(folder.resolve("nowhere"))),
                                Shelf.CATALOG)
                        .all())
                .isEmpty();
    }

    @Test
    void nothing_else_in_the_folder_is_read() throws Exception {
        Files.write(folder.resolve("certificate.der"), new byte[] {(byte) 0xff, (byte) 0xfe});
        assertThat(load("aliases: {a: [gpt-5.4]}").names()).containsExactly("a");
    }

    @Test
    void a_list_is_an_alias_that_is_tried_in_order() throws Exception {
        Alias alias = alias(load("aliases:\n  Smart: [anthropic:claude-sonnet-4-6, gpt-5.4, ollama:any]\n"), "smart");
        assertThat(alias.name()).isEqualTo("Smart");
        assertThat(alias.strategy()).isSameAs(Strategy.ORDERED);
        assertThat(alias.members())
                .extracting(Alias.Member::model)
                .containsExactly("anthropic:claude-sonnet-4-6", "gpt-5.4", "ollama:any");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ordered", "weighted", "random", "lowest-cost", "lowest-latency", "least-busy"})
    void an_alias_may_name_its_strategy(String strategy) throws Exception {
        Alias alias = alias(load("aliases: {a: {strategy: " + strategy + ", candidates: [gpt-5.4]}}"), "a");
        assertThat(alias.strategy()).isSameAs(STRATEGIES.get(strategy));
    }

    @Test
    void a_candidate_may_have_a_weight_and_a_condition() throws Exception {
        Alias alias = alias(load("""
                aliases:
                  a:
                    strategy: weighted
                    candidates:
                      - {model: gpt-5.4, weight: 9, when: {tools: true}}
                      - {model: ollama:any}
                      - ollama:other
                """), "a");
        assertThat(alias.members()).extracting(Alias.Member::weight).containsExactly(9, 1, 1);
        assertThat(alias.members().get(0).when().tools()).isTrue();
        assertThat(alias.members().get(1).when()).isEqualTo(When.ALWAYS);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {tools: true}               | {"tools":[1]}                                    | true
            {tools: true}               | {}                                               | false
            {tools: false}              | {}                                               | true
            {vision: true}              | {"messages":[{"content":[{"image_url":1}]}]}     | true
            {vision: false}             | {"messages":[{"content":[{"image_url":1}]}]}     | false
            {audio: true}               | {"messages":[{"content":[{"input_audio":1}]}]}   | true
            {documents: true}           | {"messages":[{"content":[{"input_audio":1}]}]}   | false
            {structured-output: true}   | {"response_format":{"type":"json_schema"}}       | true
            {vision: true, tools: true} | {"messages":[{"content":[{"image_url":1}]}]}     | false
            # twenty bytes of text are about five tokens
            {context: ">= 5"}           | {"x":"12345678901234567890"}                     | true
            {context: "> 5"}            | {"x":"12345678901234567890"}                     | false
            {context: "<= 5"}           | {"x":"12345678901234567890"}                     | true
            {context: "<5"}             | {"x":"12345678901234567890"}                     | false
            {context: ">=200000"}       | {"x":"12345678901234567890"}                     | false
            """)
    void a_condition_speaks_of_the_request(String when, String request, boolean holds) throws Exception {
        Alias alias = alias(load("aliases: {a: [{model: gpt-5.4, when: " + when + "}]}"), "a");
        RequestNeeds needs = Shelf.needs(new OpenAiChat().needs(), request);
        assertThat(alias.members().get(0).when().holds(needs)).isEqualTo(holds);
    }

    @Test
    void the_same_file_read_again_gives_equal_aliases() throws Exception {
        String text =
                "aliases: {a: {strategy: random, candidates: [{model: gpt-5.4, when: {context: '> 5', tools: true}}]}}";
        assertThat(List.copyOf(load(text).all()))
                .isEqualTo(List.copyOf(load(text).all()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # names
            gpt-5.4: [ollama:any]        | aliases.yaml:2: the alias 'gpt-5.4' has the name of a model of openai, which would always be meant
            GPT-5.4: [ollama:any]        | aliases.yaml:2: the alias 'GPT-5.4' has the name of a model of openai, which would always be meant
            openai:smart: [ollama:any]   | aliases.yaml:2: the alias 'openai:smart' begins with a provider's id, so it would never be asked for
            # candidates
            smart: [of-tomorrow]         | aliases.yaml:2: 'of-tomorrow' is not in the catalog and does not begin with a provider
            smart: [gpt-5.3]             | aliases.yaml:2: 'gpt-5.3' is not in the catalog and does not begin with a provider; did you mean gpt-5.4?
            smart: [OpenAI:gpt-5.4x]     | aliases.yaml:2: 'OpenAI:gpt-5.4x' is not in the catalog and does not begin with a provider
            smart: [smart]               | aliases.yaml:2: 'smart' is an alias; an alias names models
            smart: [SMART]               | aliases.yaml:2: 'SMART' is an alias; an alias names models
            smart: [gpt-5.4, GPT-5.4]    | aliases.yaml:2: 'GPT-5.4' is a candidate already on line 2
            smart: [{model: gpt-5.4, weight: 2}] | aliases.yaml:2: a weight is for the strategy weighted; this alias is ordered
            smart: {strategy: weighted, candidates: [{model: gpt-5.4, weight: 0}]} | aliases.yaml:2: no candidate has a weight; one at least needs more than 0
            """)
    void what_a_schema_cannot_say_is_told_with_its_line(String line, String problem) {
        assertThat(problems("aliases:\n  " + line + "\n").get(0)).startsWith(problem);
    }

    @Test
    void an_alias_of_an_alias_is_refused_wherever_it_is_defined() {
        assertThat(problems("""
                aliases:
                  one: [two]
                  two: [three]
                  three: [one]
                """))
                .containsExactly(
                        "aliases.yaml:2: 'two' is an alias; an alias names models",
                        "aliases.yaml:3: 'three' is an alias; an alias names models",
                        "aliases.yaml:4: 'one' is an alias; an alias names models");
    }

    @Test
    void names_that_differ_by_case_alone_are_the_same() {
        assertThat(problems("aliases:\n  smart: [gpt-5.4]\n  SMART: [gpt-5.4]\n"))
                .containsExactly("aliases.yaml:3: the alias 'SMART' is defined already on line 2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "smart: []",
                "smart: gpt-5.4",
                "smart: {candidates: []}",
                "smart: {strategy: best, candidates: [gpt-5.4]}",
                "smart: {strategy: random}",
                "smart: [{weight: 1}]",
                "smart: [{model: gpt-5.4, weight: -1}]",
                "smart: [{model: gpt-5.4, when: {}}]",
                "smart: [{model: gpt-5.4, when: {eyes: true}}]",
                "smart: [{model: gpt-5.4, when: {vision: yes}}]",
                "smart: [{model: gpt-5.4, when: {context: 5}}]",
                "smart: [{model: gpt-5.4, when: {context: '= 5'}}]",
                "two words: [gpt-5.4]",
                "'a,b': [gpt-5.4]"
            })
    void what_does_not_fit_the_schema_is_told_with_its_line(String line) {
        assertThat(problems("aliases:\n  " + line + "\n")).isNotEmpty().allSatisfy(problem -> assertThat(problem)
                .startsWith("aliases.yaml:2: "));
    }

    @Test
    void a_file_is_refused_as_a_whole_with_everything_that_is_wrong() {
        assertThat(problems("""
                aliases:
                  good: [gpt-5.4]
                  bad: [of-tomorrow]
                  worse:
                    candidates:
                      - ollama:any
                      - {model: nowhere:any, weight: 3}
                """))
                .hasSize(3)
                .extracting(problem -> problem.split(":", -1)[1])
                .containsExactly("3", "7", "7");
    }
}
