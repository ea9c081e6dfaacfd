package dev.serai.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.serai.config.ConfigFolder;
import dev.serai.config.ConfigurationException;
import dev.serai.config.Problem;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogLoaderTest {
    private static final List<String> DIALECTS = ShippedFilesTest.DIALECTS;
    private static final String LINES_1_TO_7 = """
            id: mine
            name: Mine
            baseUrl: https://mine.example/v1
            dialects:
              openai-chat: /chat/completions
            auth: none
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    Path folder;

    @Test
    void the_shipped_files_load() throws Exception {
        Catalog catalog = new CatalogLoader(ShippedFilesTest.DIALECTS, Map.of("SERAI_SANDBOX_PORT", "12345"))
                .load(List.of(CatalogLoader.SHIPPED));

        assertThat(catalog.find("GPT-5.6"))
                .extracting(entry -> entry.provider().id())
                .containsExactly("openai");
        assertThat(catalog.find("claude-sonnet-5"))
                .extracting(entry -> entry.provider().id())
                .containsExactly("anthropic");
        assertThat(catalog.find("openai/gpt-oss-120b"))
                .extracting(entry -> entry.provider().id())
                .containsExactly("groq", "openrouter");
        assertThat(provider(catalog, "anthropic").headers())
                .containsExactly(Map.entry("anthropic-version", "2023-06-01"));
        assertThat(provider(catalog, "ollama").auth()).isEqualTo(new Auth.None());
        assertThat(provider(catalog, "ollama").discoverModels()).isTrue();
        assertThat(provider(catalog, "sandbox").baseUrl()).isEqualTo(URI.create("http://127.0.0.1:12345/v1"));
        assertThat(provider(catalog, "sandbox").models())
                .extracting(Model::id)
                .containsExactly("echo", "slow", "tool", "fail", "stall", "embed");
    }

    @Test
    void a_file_reads_as_it_is_written() throws Exception {
        write("mine.yaml", """
                id: mine
                name: Mine
                baseUrl: http://${HOST}:8000/v1/
                insecure: true
                dialects:
                  openai-responses: /responses
                  openai-chat: /chat/completions
                auth: {header: api-key, env: MINE_KEY}
                headers:
                  X-Team: blue
                models:
                  - id: b
                  - id: a
                """);
        assertThat(provider(loader(Map.of("HOST", "gpu.example")).load(mine()), "mine"))
                .isEqualTo(Provider.builder("mine", URI.create("http://gpu.example:8000/v1"))
                        .name("Mine")
                        .dialect("openai-responses", "/responses")
                        .dialect("openai-chat", "/chat/completions")
                        .auth(new Auth.Header("api-key", "", "MINE_KEY"))
                        .headers(Map.of("X-Team", "blue"))
                        .models(List.of(new Model("b"), new Model("a")))
                        .build());
    }

    @Test
    void all_that_a_file_can_say_is_read() throws Exception {
        write("mine.yaml", """
                id: mine
                name: Mine
                website: https://mine.example/
                checked: 2026-08-22
                baseUrl: https://mine.example/v1?tenant=blue
                dialects:
                  openai-chat: /chat/completions
                  anthropic-messages:
                    path: /models/{model}:say
                    streamPath: /models/{model}:stream?alt=sse
                    auth: {header: x-key}
                    baseUrl: https://other.example
                auth: {header: Authorization, prefix: "Bearer ", env: MINE_KEY}
                passHeaders: [X-Team, HTTP-Referer]
                query: {api-version: "1"}
                usageTotals:
                  openai-chat: {reasoning: separate}
                rules:
                  - models: ["o1*"]
                    except: [o1-old]
                    dialects: [openai-chat]
                    when:
                      temperature: {not: 1}
                      thinking.type: {is: [enabled, adaptive]}
                      top_p: {above: 0.5}
                      tools: {present: true}
                    rename: {max_tokens: max_completion_tokens}
                    drop: [temperature]
                    set: {a: {b: 1}}
                    defaults: {max_tokens: $maxOutput, n: 1}
                    source: somewhere
                modelDefaults: {kind: chat, source: [list]}
                models:
                  - id: m-1
                    name: Em One
                    context: 1000
                    maxOutput: 100
                    input: [text, image]
                    output: [text]
                    capabilities: [tools, structured-output]
                    lacks: [reasoning]
                    dialects: [openai-chat]
                    aliases: [m-1-2026]
                    nicknames: [x/m-1]
                    released: 2026-01-01
                    lifecycle: {shutdown: 2026-12-31, replacement: v-1}
                    price:
                      - {input: 1, output: 2}
                      - {from: 2026-06-01, input: 0.5, output: 2, cacheRead: 0.05, above: {200: {input: 0.000001}},
                         perRequest: 0.005, perSearch: 0.000000000001, serviceTiers: {flex: 0.5, priority: 1.666667}}
                  - id: v-1
                    kind: embedding
                    lifecycle: preview
                    price: free
                    source: another list
                """);
        Provider mine = provider(loader(Map.of()).load(mine()), "mine");

        assertThat(mine)
                .isEqualTo(Provider.builder("mine", URI.create("https://mine.example/v1?tenant=blue"))
                        .name("Mine")
                        .website("https://mine.example/")
                        .checked(LocalDate.of(2026, 8, 22))
                        .dialect("openai-chat", "/chat/completions")
                        .dialect(
                                "anthropic-messages",
                                new Surface(
                                        "/models/{model}:say",
                                        "/models/{model}:stream?alt=sse",
                                        new Auth.Header("x-key", "", "MINE_KEY"),
                                        URI.create("https://other.example")))
                        .auth(new Auth.Header("Authorization", "Bearer ", "MINE_KEY"))
                        .passHeaders(List.of("x-team", "http-referer"))
                        .query(Map.of("api-version", "1"))
                        .usageTotals("openai-chat", new UsageTotals(true, true, false))
                        .rules(List.of(new ParameterRule(
                                List.of(new Glob("o1*")),
                                List.of(new Glob("o1-old")),
                                Set.of("openai-chat"),
                                List.of(
                                        new Condition.IsNot("temperature", Set.of("1")),
                                        new Condition.Is("thinking.type", Set.of("\"enabled\"", "\"adaptive\"")),
                                        new Condition.Above("top_p", new BigDecimal("0.5")),
                                        new Condition.Present("tools", true)),
                                Map.of("max_tokens", "max_completion_tokens"),
                                List.of("temperature"),
                                Map.of("a", "{\"b\":1}"),
                                Map.of(
                                        "max_tokens", new ParameterRule.Default.MaxOutputTokens(),
                                        "n", new ParameterRule.Default.Value("1")),
                                List.of("somewhere"))))
                        .models(List.of(first(), second()))
                        .build());
    }

    private static Model first() {
        Rates old = new Rates(Map.of(TokenKind.INPUT, 1_000_000L, TokenKind.OUTPUT, 2_000_000L));
        Rates base = new Rates(
                Map.of(TokenKind.INPUT, 500_000L, TokenKind.OUTPUT, 2_000_000L, TokenKind.CACHE_READ, 50_000L));
        Rates above =
                new Rates(Map.of(TokenKind.INPUT, 1L, TokenKind.OUTPUT, 2_000_000L, TokenKind.CACHE_READ, 50_000L));
        Price.Special special = new Price.Special(5_000_000_000L, 1, Map.of("flex", 500_000L, "priority", 1_666_667L));
        return Model.builder("m-1")
                .name("Em One")
                .kind(Kind.CHAT)
                .limits(1_000L, 100L)
                .modalities(Set.of(Modality.TEXT, Modality.IMAGE), Set.of(Modality.TEXT))
                .capabilities(Set.of(Capability.TOOLS, Capability.STRUCTURED_OUTPUT), Set.of(Capability.REASONING))
                .dialects(List.of("openai-chat"))
                .aliases(List.of("m-1-2026"))
                .nicknames(List.of("x/m-1"))
                .released(LocalDate.of(2026, 1, 1))
                .lifecycle(new Lifecycle(Lifecycle.Stage.DEPRECATED, LocalDate.of(2026, 12, 31), "v-1"))
                .prices(new Prices.Known(List.of(
                        new Price(null, old),
                        new Price(LocalDate.of(2026, 6, 1), base, List.of(new Price.Tier(200, above)), special))))
                .source(List.of("list"))
                .build();
    }

    private static Model second() {
        return Model.builder("v-1")
                .kind(Kind.EMBEDDING)
                .lifecycle(new Lifecycle(Lifecycle.Stage.PREVIEW, null, null))
                .prices(Prices.FREE)
                .source(List.of("another list"))
                .build();
    }

    @Test
    void a_users_file_replaces_the_shipped_one_of_the_same_name_and_others_are_added() throws Exception {
        write("openai.yaml", LINES_1_TO_7.replace("mine", "openai"));
        write("mine.yaml", LINES_1_TO_7);
        Catalog catalog = new CatalogLoader(ShippedFilesTest.DIALECTS, Map.of("SERAI_SANDBOX_PORT", "1"))
                .load(List.of(CatalogLoader.SHIPPED, new ConfigFolder.Directory(folder)));

        assertThat(catalog.providers())
                .extracting(Provider::id)
                .contains("mine")
                .containsSubsequence("anthropic", "mine", "openai", "ollama", "sandbox");
        assertThat(provider(catalog, "openai").models()).isEmpty();
    }

    @Test
    void a_replaced_file_may_be_broken() throws Exception {
        Path user = Files.createDirectory(folder.resolve("user"));
        write("mine.yaml", "broken: [");
        Files.writeString(user.resolve("mine.yaml"), LINES_1_TO_7);

        assertThat(loader(Map.of())
                        .load(List.of(new ConfigFolder.Directory(folder), new ConfigFolder.Directory(user)))
                        .provider("mine"))
                .isNotNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            prices: 3                             | 7: property 'prices' is not defined in the schema
            models: {id: x}                       | 7: models: object found, array expected
            models: [{id: x, cost: 3}]            | 7: models.0: property 'cost' is not defined
            models: [{}]                          | 7: models.0: required property 'id' not found
            models:\\n- id: 4.1                   | 8: models.0.id: number found, string expected
            models:\\n- id: a b                   | 8: models.0.id: does not match
            models:\\n- id: a\\n- id: b\\n- id: A | 10: the model 'A' is listed already on line 8
            discoverModels: sometimes             | 7: discoverModels: string found, boolean expected
            order: -1                             | 7: order: must have a minimum value of 0
            headers:\\n  X A: b                   | 8: headers: property 'X A'
            headers:\\n  a: b\\n  X-A: "1\\u0000" | 9: headers.X-A: does not match
            headers:\\n  X-A: b\\n  x-a: c        | 9: the header 'x-a' is given twice, also as 'X-A'
            passHeaders: [X-A, Cookie]            | 7: the header 'Cookie' never passes from a client to a provider
            passHeaders: [X-API-Key]              | 7: the header 'X-API-Key' never passes
            passHeaders: [authorization]          | 7: the header 'authorization' never passes
            passHeaders: [Proxy-Anything]         | 7: the header 'Proxy-Anything' never passes
            passHeaders: [X-Forwarded-For]        | 7: the header 'X-Forwarded-For' never passes
            passHeaders: [CamelHttpUri]           | 7: the header 'CamelHttpUri' never passes
            passHeaders: [x-serai-provider]       | 7: the header 'x-serai-provider' never passes
            passHeaders: [X A]                    | 7: passHeaders.0: does not match
            passHeaders: X-A                      | 7: passHeaders: string found, array expected
            website: mine                         | 7: website: does not match
            id: other                             | 7: the key 'id' stands already on line 1
            models: [                             | 8: is not valid YAML
            checked: 2026-02-30                   | 7: there is no day 2026-02-30
            checked: yesterday                    | 7: checked: does not match
            query: {a: 1}                         | 7: query.a: integer found, string expected
            needs: {baseUrl: x}                   | 7: needs is for presets; a provider file leaves nothing open
            usageTotals: {gemini: {reasoning: separate}} | 7: the provider does not speak 'gemini', see dialects
            usageTotals: {openai-chat: {reasoning: out}} | 7: usageTotals.openai-chat.reasoning: does not have a value in
            models:\\n- id: a\\n  kind: talk      | 9: models.0.kind: does not have a value in the enumeration
            models:\\n- id: a\\n  context: 0      | 9: models.0.context: must have a minimum value of 1
            models:\\n- id: a\\n  input: [smell]  | 9: models.0.input.0: does not have a value in the enumeration
            models:\\n- id: a\\n  capabilities: [tools]\\n  lacks: [tools] | 10: a model has the capability 'tools' or lacks it, not both
            models:\\n- id: a\\n  dialects: [gemini] | 9: the provider does not speak 'gemini', see dialects
            modelDefaults:\\n  dialects: [gemini] | 8: the provider does not speak 'gemini', see dialects
            models:\\n- id: a\\n  aliases: [b]\\n- id: B | 10: the model 'B' is listed already on line 9
            models:\\n- id: a\\n- id: b\\n  aliases:\\n  - A | 11: the model 'A' is listed already on line 8
            models:\\n- id: a\\n  aliases: [b]\\n  nicknames: [b] | 10: the model 'b' is listed already on line 9
            models:\\n- id: a\\n  released: 2026-13-01 | 9: there is no day 2026-13-01
            models:\\n- id: a\\n  lifecycle: gone | 9: models.0.lifecycle: does not have a value in the enumeration
            models:\\n- id: a\\n  released: 2026-05-01\\n  lifecycle: {shutdown: 2026-04-01} | 10: the end, 2026-04-01, is before the release, 2026-05-01
            models:\\n- id: a\\n  lifecycle: {replacement: b} | 9: the model 'b' is not listed in this file
            models:\\n- id: a\\n  price: cheap    | 9: models.0.price: does not have a value in the enumeration
            models:\\n- id: a\\n  price: {output: 1} | 9: models.0.price: required property 'input' not found
            models:\\n- id: a\\n  price: {input: -1} | 9: models.0.price.input: must have a minimum value of 0
            models:\\n- id: a\\n  price: {input: 0.0000001} | 9: a price has at most six decimals, in US dollars per million tokens
            models:\\n- id: a\\n  kind: chat\\n  price: {input: 1} | 10: the price of a chat model says what output costs
            models:\\n- id: a\\n  price:\\n  - {input: 1}\\n  - {input: 2} | 11: every price but the first says from which day it holds
            models:\\n- id: a\\n  price:\\n  - {input: 1, from: 2026-02-01}\\n  - {input: 2, from: 2026-02-01} | 11: prices stand in the order of their days, and 2026-02-01 is not after 2026-02-01
            models:\\n- id: a\\n  price:\\n    input: 1\\n    above:\\n      2000: {input: 2}\\n      1000: {input: 3} | 13: tiers stand in the order of their limits, and 1000 is not more than the one before
            models:\\n- id: a\\n  price: {input: 1, perSearch: -1} | 9: models.0.price.perSearch: must have a minimum value of 0
            models:\\n- id: a\\n  price: {input: 1, perRequest: 1e-13} | 9: a fee has at most twelve decimals, in US dollars
            models:\\n- id: a\\n  price: {input: 1, serviceTiers: {flex: 0.3333333}} | 9: a factor has at most six decimals
            models:\\n- id: a\\n  price: {input: 1, serviceTiers: {Flex: 0.5}} | 9: models.0.price.serviceTiers: property 'Flex'
            models:\\n- id: a\\n  price: {input: 1, above: {1k: {input: 2}}} | 9: models.0.price.above: property '1k'
            rules: [{models: [a]}]                | 7: the rule changes nothing; it wants rename, drop, set, defaults
            rules:\\n- drop: [a]\\n  dialects: [gemini] | 9: the provider does not speak 'gemini', see dialects
            rules:\\n- drop: [a]\\n  when: {b: {like: c}} | 9: rules.0.when.b: property 'like' is not defined
            """)
    void what_is_added_to_a_good_file_is_judged_at_its_line(String line, String problem) throws IOException {
        write("mine.yaml", LINES_1_TO_7 + line.replace("\\n", "\n") + "\n");
        assertThat(refused(Map.of()).problems())
                .singleElement()
                .asString()
                .startsWith(folder + "/mine.yaml:" + problem);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            id: mine                        | id: Mine              | 1: id: does not match
            id: mine                        | id: yours             | 1: the provider 'yours' belongs into a file named yours.yaml
            name: Mine                      | name: ''              | 2: name: must be at least 1 characters long
            name: Mine                      | nam: Mine             | 1: required property 'name' not found
            dialects:\\n                    | dialects: {}\\n#      | 4: dialects: must have at least 1 properties
            openai-chat: /chat/completions  | openai-chats: /x      | 5: unknown dialect 'openai-chats'; there are openai-chat, openai-responses
            openai-chat: /chat/completions  | openai-chat: x        | 5: dialects.openai-chat: does not match
            auth: none                      | auth: some            | 6: auth: must be the constant value 'none'
            auth: none                      | auth: {header: X-Key} | 6: auth: required property 'env' not found
            auth: none                      | auth: {header: A, env: B, key: sk-1} | 6: auth: property 'key' is not defined
            auth: none                      | auth: {header: A, env: B-C} | 6: auth.env: does not match
            auth: none                      | auth: {header: A, env: B}\\npassHeaders: [a] | 7: the header 'a' never passes
            auth: none                      | auth: {header: A, env: B}\\nheaders: {a: x} | 7: the header 'a' carries the key already, see auth
            https://mine.example/v1         | ftp://mine.example    | 3: baseUrl: must begin with https:// or http://
            https://mine.example/v1         | mine.example/v1       | 3: baseUrl: must begin with https:// or http://
            https://mine.example/v1         | http://mine.example   | 3: baseUrl: must be https
            https://mine.example/v1         | http://127.example    | 3: baseUrl: must be https
            https://mine.example/v1         | http://localhost.example | 3: baseUrl: must be https
            https://mine.example/v1         | https://u:p@mine.example | 3: baseUrl: must not contain a user or password
            https://mine.example/v1         | https://mine.example/#b  | 3: baseUrl: must not have a fragment
            https://mine.example/v1         | https://:443/v1       | 3: baseUrl:
            https://mine.example/v1         | https://mine.example:99999 | 3: baseUrl: must have a valid host name and port
            https://mine.example/v1         | https://mine example  | 3: baseUrl: is not a URL
            https://mine.example/v1         | https://${MINE_HOST}  | 3: baseUrl: the environment variable MINE_HOST is not set
            https://mine.example/v1         | https://${EMPTY}      | 3: baseUrl: the environment variable EMPTY is not set
            https://mine.example/v1         | https://${MINE        | 3: baseUrl: '${MINE' is not of the form ${NAME}
            https://mine.example/v1         | https://${}           | 3: baseUrl: '${}' is not of the form ${NAME}
            """)
    void what_is_changed_in_a_good_file_is_judged_at_its_line(String good, String bad, String problem)
            throws IOException {
        write("mine.yaml", LINES_1_TO_7.replace(good.replace("\\n", "\n"), bad.replace("\\n", "\n")));
        assertThat(refused(Map.of("EMPTY", " ")).problems())
                .first()
                .asString()
                .startsWith(folder + "/mine.yaml:" + problem);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost:1/v1",
                "http://127.0.0.1",
                "http://127.9.9.9:80",
                "http://[::1]:11434/v1",
                "HTTPS://a.b"
            })
    void a_base_url_that_stays_on_this_machine_or_is_encrypted_is_good(String url) throws Exception {
        write("mine.yaml", LINES_1_TO_7.replace("https://mine.example/v1", url));
        assertThat(provider(loader(Map.of()).load(mine()), "mine").baseUrl()).isEqualTo(URI.create(url));
    }

    @Test
    void all_problems_of_all_files_are_named_and_nothing_is_loaded() throws IOException {
        write("a.yaml", "id: [\n");
        write("b.yaml", LINES_1_TO_7.replace("id: mine", "id: b") + "x: 1\ny: 2\n");
        write("c.yml", LINES_1_TO_7);
        write("d.yaml", LINES_1_TO_7);
        write("mine.yaml", LINES_1_TO_7);
        write("README.md", "not a provider");

        assertThat(refused(Map.of()).problems())
                .extracting(Problem::toString)
                .satisfiesExactly(
                        problem -> assertThat(problem).startsWith(folder + "/a.yaml:2: is not valid YAML"),
                        problem -> assertThat(problem).startsWith(folder + "/b.yaml:7: property 'x'"),
                        problem -> assertThat(problem).startsWith(folder + "/b.yaml:8: property 'y'"),
                        problem -> assertThat(problem).startsWith(folder + "/c.yml: provider files end in .yaml"),
                        problem -> assertThat(problem).contains("/d.yaml:1: the provider 'mine' belongs into"),
                        problem ->
                                assertThat(problem).contains("/mine.yaml:1: a provider 'mine' is defined already in"));
    }

    private List<ConfigFolder> mine() {
        return List.of(new ConfigFolder.Directory(folder));
    }

    private ConfigurationException refused(Map<String, String> variables) {
        return catchThrowableOfType(
                ConfigurationException.class, () -> loader(variables).load(mine()));
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private static CatalogLoader loader(Map<String, String> variables) {
        return new CatalogLoader(DIALECTS, variables);
    }

    private static Provider provider(Catalog catalog, String id) {
        Provider provider = catalog.provider(id);
        assertThat(provider).as(id).isNotNull();
        return java.util.Objects.requireNonNull(provider);
    }
}
