package dev.serai.refresh;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.access.Credential;
import dev.serai.access.Secret;
import dev.serai.catalog.Auth;
import dev.serai.catalog.CatalogFiles;
import dev.serai.catalog.CatalogLoader;
import dev.serai.config.ConfigurationException;
import dev.serai.config.Problem;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CatalogRefreshTest {
    private static final Path GOLDEN = Path.of("src/test/resources/refresh");
    private static final String LIST = "https://mine.example/v1/models";
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
    Path config;

    @BeforeEach
    void write_the_provider() throws IOException {
        Files.createDirectories(config.resolve("providers"));
        Files.copy(GOLDEN.resolve("mine.yaml"), config.resolve("providers/mine.yaml"));
    }

    private CatalogRefresh refresh(@Nullable Path folder, String day) {
        return new CatalogRefresh(
                files(folder), catalog -> {}, provider -> Optional.of(new Credential.None()), at(day));
    }

    private static Clock at(String day) {
        return Clock.fixed(Instant.parse(day + "T12:00:00Z"), ZoneOffset.UTC);
    }

    private static CatalogFiles files(@Nullable Path folder) {
        return new CatalogFiles(new CatalogLoader(DIALECTS, Map.of("SERAI_SANDBOX_PORT", "1")), folder, List.of());
    }

    private Path overlay() {
        return config.resolve("overlays/mine.yaml");
    }

    private void golden_overlay_before() throws IOException {
        Files.createDirectories(config.resolve("overlays"));
        Files.copy(GOLDEN.resolve("before.yaml"), overlay());
    }

    private static String lines(Outcome outcome) {
        return outcome.changes().stream().map(Change::toString).collect(Collectors.joining("\n", "", "\n"));
    }

    /** Every file under a folder, with its content. */
    private static Map<String, String> content(Path folder) throws IOException {
        Map<String, String> content = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                content.put(folder.relativize(file).toString(), Files.readString(file));
            }
        }
        return content;
    }

    @Test
    void a_list_becomes_the_overlay_of_the_golden_file() throws Exception {
        golden_overlay_before();
        byte[] list = Files.readAllBytes(GOLDEN.resolve("list.json"));

        Outcome outcome =
                refresh(config, "2026-11-22").take("mine", LIST, list, true).get(0);

        assertThat(lines(outcome)).isEqualTo(Files.readString(GOLDEN.resolve("changes.txt")));
        assertThat(outcome.written()).isTrue();
        assertThat(overlay()).content().isEqualTo(Files.readString(GOLDEN.resolve("after.yaml")));
        assertThat(files(config).read().catalog().model("mine", "acme/tiers:free"))
                .isNotNull();
    }

    @Test
    void the_same_list_on_another_day_changes_nothing() throws Exception {
        byte[] list = Files.readAllBytes(GOLDEN.resolve("list.json"));
        refresh(config, "2026-11-22").take("mine", LIST, list, true);
        String first = Files.readString(overlay());

        Outcome again =
                refresh(config, "2026-11-23").take("mine", LIST, list, true).get(0);

        assertThat(again.isChanged()).isFalse();
        assertThat(again.written()).isFalse();
        assertThat(overlay()).content().isEqualTo(first);
    }

    @Test
    void without_write_nothing_is_written() throws Exception {
        Map<String, String> before = content(config);
        Outcome outcome = refresh(config, "2026-11-22")
                .take("mine", LIST, Files.readAllBytes(GOLDEN.resolve("list.json")), false)
                .get(0);
        assertThat(outcome.isChanged()).isTrue();
        assertThat(outcome.written()).isFalse();
        assertThat(content(config)).isEqualTo(before);
    }

    @Test
    void only_overlays_are_ever_written() throws Exception {
        Path everything = config.resolve("all");
        try (Stream<Path> shipped = Files.walk(Path.of("config"))) {
            for (Path file : shipped.filter(Files::isRegularFile).toList()) {
                Path copy = everything.resolve(Path.of("config").relativize(file));
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
        Map<String, String> before = content(everything);
        String models = "{\"models\": {\"brand-new\": {\"name\": \"New\", \"limit\": {\"context\": 1000}}}}";
        String document = "{\"openai\": %s, \"anthropic\": %s, \"inception\": %s, \"unknown\": %s}"
                .formatted(models, models, models, models);

        List<Outcome> outcomes =
                refresh(everything, "2026-11-22").take(null, "api.json", document.getBytes(UTF_8), true);

        assertThat(outcomes).extracting(Outcome::provider).containsExactly("openai", "anthropic", "inceptionlabs");
        Map<String, String> after = content(everything);
        assertThat(after).containsAllEntriesOf(before);
        after.keySet().removeAll(before.keySet());
        assertThat(after)
                .containsOnlyKeys("overlays/anthropic.yaml", "overlays/inceptionlabs.yaml", "overlays/openai.yaml");
        assertThat(files(everything).read().catalog().find("brand-new")).hasSize(3);
    }

    @Test
    void a_list_that_is_not_complete_takes_nothing_away() throws Exception {
        golden_overlay_before();
        String page = "{\"data\": [{\"id\": \"acme/first\"}], \"has_more\": true}";
        Outcome outcome = refresh(config, "2026-11-22")
                .take("mine", LIST, page.getBytes(UTF_8), true)
                .get(0);
        assertThat(lines(outcome)).isEqualTo("+ acme/first\n");
    }

    @Test
    void what_the_rest_of_the_configuration_would_not_fit_is_not_written() throws Exception {
        golden_overlay_before();
        Map<String, String> before = content(config);
        CatalogRefresh refresh = new CatalogRefresh(
                files(config),
                catalog -> {
                    if (!catalog.find("smart").isEmpty()) {
                        throw new ConfigurationException(new Problem("aliases.yaml", 7, "'smart' is an alias"));
                    }
                },
                provider -> Optional.empty(),
                at("2026-11-22"));
        for (boolean write : new boolean[] {true, false}) {
            assertThatThrownBy(() ->
                            refresh.take("mine", LIST, "{\"data\": [{\"id\": \"smart\"}]}".getBytes(UTF_8), write))
                    .isInstanceOf(ListException.class)
                    .hasMessage("with it, Serai would refuse its files:\naliases.yaml:7: 'smart' is an alias");
        }
        assertThat(content(config)).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "pricing":{"prompt":"0.000001"},"architecture":{"output_modalities":["image"]} | ! talker  the list says kind image, and the file chat;! talker  the list says output [image], and the file [text]
            "expiration_date":"2026-01-01"                                                 | ''
            "expiration_date":"2026-12-31"                                                 | ~ talker  lifecycle {shutdown: 2026-12-31}
            """)
    void what_the_provider_file_cannot_hold_beside_its_own_is_left_out(String said, String changes) throws Exception {
        Files.writeString(config.resolve("providers/mine.yaml"), """
                id: mine
                name: Mine
                baseUrl: https://mine.example/v1
                dialects: {openai-chat: /chat/completions}
                auth: none
                models: [{id: talker, kind: chat, output: [text], released: 2026-06-01}]
                """);
        String list = "{\"data\": [{\"id\": \"talker\", " + said + "}]}";
        Outcome outcome = refresh(config, "2026-11-22")
                .take("mine", LIST, list.getBytes(UTF_8), true)
                .get(0);
        assertThat(outcome.changes().stream().map(Change::toString).collect(Collectors.joining(";")))
                .isEqualTo(changes);
    }

    @Test
    void it_is_judged_together_with_the_overlays_of_other_providers() throws Exception {
        Files.createDirectories(config.resolve("overlays"));
        Files.writeString(config.resolve("overlays/groq.yaml"), """
                provider: groq
                models: [{id: of-groq, said: [{by: me, on: 2026-11-01}]}]
                """);
        List<Integer> seen = new ArrayList<>();
        CatalogRefresh refresh = new CatalogRefresh(
                files(config),
                catalog -> seen.add(catalog.find("of-groq").size()
                        + catalog.find("brand-new").size()),
                provider -> Optional.empty(),
                at("2026-11-22"));
        refresh.take("mine", LIST, "{\"data\": [{\"id\": \"brand-new\"}]}".getBytes(UTF_8), false);
        assertThat(seen).containsExactly(2);
    }

    @Test
    void a_statement_that_overrides_stays_one_and_holds_all_that_the_list_says() throws Exception {
        Files.createDirectories(config.resolve("overlays"));
        Files.writeString(overlay(), """
                provider: mine
                models:
                  - id: acme/known
                    said: [{by: a list, on: 2026-01-01, override: true, context: 1}]
                """);
        String list = "{\"data\": [{\"id\": \"acme/known\", \"context_length\": 128000}]}";
        Outcome outcome = refresh(config, "2026-11-22")
                .take("mine", "a list", list.getBytes(UTF_8), true)
                .get(0);
        assertThat(lines(outcome)).isEqualTo("~ acme/known  context 128000, before 1\n");
        assertThat(overlay()).content().contains("{by: a list, on: 2026-11-22, override: true, context: 128000}");
        assertThat(files(config).read().catalog().model("mine", "acme/known"))
                .extracting(model -> model == null ? null : model.contextTokens())
                .isEqualTo(128_000L);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            mine   | {"data": [{"id": "a"}]} | true  | ''
            nobody | {"data": [{"id": "a"}]} | true  | no provider is called nobody
            mine   | {"other": {"models": {"a": {}}}} | true | it knows no provider 'mine'
            ''     | {"other": {"models": {"a": {}}}} | true | it names none of the providers that there are
            ''     | {"data": [{"id": "a"}]} | true  | it lists the models of one provider; say of which with --provider
            """)
    void a_list_is_for_a_provider_that_there_is(String provider, String list, boolean write, String reason)
            throws Exception {
        CatalogRefresh refresh = refresh(config, "2026-11-22");
        String id = provider.isEmpty() ? null : provider;
        if (reason.isEmpty()) {
            assertThat(refresh.take(id, LIST, list.getBytes(UTF_8), write)).hasSize(1);
        } else {
            assertThatThrownBy(() -> refresh.take(id, LIST, list.getBytes(UTF_8), write))
                    .isInstanceOf(ListException.class)
                    .hasMessage(reason);
        }
    }

    @Test
    void without_a_configuration_folder_there_is_a_comparison_and_no_file() throws Exception {
        byte[] list = "{\"data\": [{\"id\": \"brand-new\"}]}".getBytes(UTF_8);
        CatalogRefresh refresh = refresh(null, "2026-11-22");
        assertThat(lines(refresh.take("openai", LIST, list, false).get(0))).isEqualTo("+ brand-new\n");
        assertThatThrownBy(() -> refresh.take("openai", LIST, list, true))
                .isInstanceOf(ListException.class)
                .hasMessage("there is no folder to write to; name one with --config");
    }

    @Test
    void an_overlay_that_is_wrong_is_told_and_not_overwritten() throws Exception {
        Files.createDirectories(config.resolve("overlays"));
        Files.writeString(overlay(), "provider: mine\nmodels: [{id: a}]\n");
        assertThatThrownBy(() -> refresh(config, "2026-11-22")
                        .take("mine", LIST, "{\"data\": [{\"id\": \"a\"}]}".getBytes(UTF_8), true))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("overlays/mine.yaml:2: models.0: required property 'said'");
        assertThat(overlay()).content().isEqualTo("provider: mine\nmodels: [{id: a}]\n");
    }

    @Test
    void the_request_for_a_providers_own_list_is_as_its_file_says() throws Exception {
        Credential key = new Credential.Header("x-api-key", "", new Secret("s3cret-key"));
        CatalogRefresh refresh =
                new CatalogRefresh(files(null), catalog -> {}, provider -> Optional.of(key), at("2026-11-22"));
        ListRequest request = refresh.ownList("anthropic", false);
        assertThat(request.url()).isEqualTo(URI.create("https://api.anthropic.com/v1/models?limit=1000"));
        assertThat(request.by()).isEqualTo("https://api.anthropic.com/v1/models");
        assertThat(request.headers()).containsEntry("anthropic-version", "2023-06-01");
        assertThat(request.credential()).isEqualTo(key);
        assertThat(request.toString()).doesNotContain("s3cret-key");
        assertThat(refresh.ownList("google", false).url())
                .isEqualTo(URI.create("https://generativelanguage.googleapis.com/v1beta/openai/models"));
    }

    @Test
    void all_are_asked_that_have_a_list_and_a_key() throws Exception {
        CatalogRefresh refresh = new CatalogRefresh(
                files(null),
                catalog -> {},
                provider -> provider.auth() instanceof Auth.Header header
                                && header.env().startsWith("OPEN")
                        ? Optional.of(new Credential.None())
                        : Optional.empty(),
                at("2026-11-22"));
        assertThat(refresh.ownLists(true)).extracting(ListRequest::provider).containsExactly("openai", "openrouter");
        assertThatThrownBy(() -> refresh.ownList("groq", true)).hasMessage("groq wants a key; set GROQ_API_KEY");
        assertThatThrownBy(() -> refresh.ownList("sandbox", true))
                .hasMessage("sandbox has no list that says what it serves");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            https://models.dev/api.json   | -
            http://127.0.0.1:8000/v1      | -
            http://localhost/list         | -
            http://models.dev/api.json    | must be https: whoever is on the way could set the prices
            ftp://models.dev/api.json     | must begin with https:// or http://
            https://me:pw@models.dev/     | must not contain a user or password
            https:///api.json             | must have a valid host name and port
            https://models.dev/a b        | is not a URL: Illegal character in path
            """)
    void the_address_of_a_list_follows_the_rules_of_base_urls(String url, @Nullable String reason) throws Exception {
        if (reason == null) {
            assertThat(ListUrl.parse(url)).hasToString(url);
        } else {
            assertThatThrownBy(() -> ListUrl.parse(url)).hasMessage(reason);
        }
    }
}
