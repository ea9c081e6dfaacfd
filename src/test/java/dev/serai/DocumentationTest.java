package dev.serai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.catalog.Capability;
import dev.serai.catalog.Catalog;
import dev.serai.catalog.CatalogFiles;
import dev.serai.catalog.CatalogLoader;
import dev.serai.catalog.Model;
import dev.serai.catalog.TokenKind;
import dev.serai.config.ConfigFile;
import dev.serai.config.ConfigFolder;
import dev.serai.config.YamlDocument;
import dev.serai.dialect.Dialect;
import dev.serai.dialect.anthropic.AnthropicMessages;
import dev.serai.dialect.openai.OpenAiChat;
import dev.serai.error.ErrorCode;
import dev.serai.error.GatewayError;
import dev.serai.selection.AliasLoader;
import dev.serai.selection.Aliases;
import dev.serai.selection.InFlight;
import dev.serai.selection.Latencies;
import dev.serai.selection.Strategies;
import dev.serai.telemetry.Meters;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the pages say of the code, held against the code. */
class DocumentationTest {
    private static final Path DOCS = Path.of("docs");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:)([^)#]*)(?:#([^)]*))?\\)");
    private static final Pattern SETTING = Pattern.compile(
            "^\\| `(serai\\.[a-z0-9-]+)` \\| `([A-Z0-9_]+)` \\|(?: `(.*?)`)? \\| [^|]+ \\|$", Pattern.MULTILINE);

    private static String page(String name) throws IOException {
        return Files.readString(DOCS.resolve(name));
    }

    private static List<String> blocks(String page, String language) {
        return Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
                .matcher(page)
                .results()
                .map(block -> block.group(1))
                .toList();
    }

    @Test
    void every_error_code_has_an_anchor_and_no_other_has() throws IOException {
        assertThat(Pattern.compile("^## (.*)$", Pattern.MULTILINE)
                        .matcher(page("errors.md"))
                        .results()
                        .map(heading -> heading.group(1)))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(ErrorCode.values()).map(ErrorCode::code).toList());
    }

    @ParameterizedTest
    @EnumSource
    void an_error_code_is_explained_with_its_status_and_what_clients_see(ErrorCode code) throws IOException {
        String page = page("errors.md");
        assertThat(page).contains("| [`%s`](#%s) | %d |\n".formatted(code.code(), code.code(), code.status()));
        String section =
                page.substring(page.indexOf("\n## " + code.code() + "\n")).split("\n## ", 3)[1];
        assertThat(section)
                .startsWith(code.code() + "\n\nStatus " + code.status() + ". ")
                .contains("\n\n**What to do.** ");
        List<String> examples = blocks(section, "json");
        assertThat(examples).hasSize(2);
        JsonNode error = JSON.readTree(examples.get(0)).path("error");
        GatewayError told = new GatewayError(
                code.status(),
                code.code(),
                error.path("message").asText(),
                error.path("param").textValue(),
                error.path("request_id").asText());
        List<Dialect> dialects = List.of(new OpenAiChat(), new AnthropicMessages());
        for (int i = 0; i < dialects.size(); i++) {
            assertThat(JSON.readTree(examples.get(i)))
                    .isEqualTo(JSON.readTree(dialects.get(i).error(told)));
        }
    }

    @Test
    void every_setting_is_in_the_table_with_its_variable_and_its_shipped_value() throws Exception {
        Map<String, String> shipped =
                new TreeMap<>(Settings.read(Map.of(), null, null).values());
        shipped.keySet().removeIf(name -> !name.startsWith("serai."));
        List<MatchResult> rows =
                SETTING.matcher(page("configuration.md")).results().toList();
        assertThat(rows).allSatisfy(row -> assertThat(row.group(2)).isEqualTo(Settings.variable(row.group(1))));
        assertThat(rows.stream().collect(Collectors.toMap(row -> row.group(1), row -> given(row.group(3)))))
                .isEqualTo(shipped);
    }

    private static String given(String value) {
        return value == null ? "" : value;
    }

    @Test
    void the_examples_of_provider_files_can_be_loaded_side_by_side(@TempDir Path folder) throws Exception {
        List<String> examples = blocks(page("add-a-provider.md"), "yaml");
        for (String example : examples) {
            Files.writeString(folder.resolve(idIn(example) + ".yaml"), example);
        }
        Catalog catalog = new CatalogLoader(
                        List.of("openai-chat", "openai-responses", "openai-embeddings", "anthropic-messages"),
                        Map.of("HARBOUR_TENANT", "blue"))
                .load(List.of(new ConfigFolder.Directory(folder)));
        assertThat(catalog.providers()).hasSameSizeAs(examples);
        assertThat(catalog.find("Qwen/Qwen3-8B"))
                .extracting(entry -> entry.provider().id())
                .containsExactly("workshop");
        assertThat(catalog.find("harbour/lantern-2"))
                .extracting(Catalog.Entry::sentAs)
                .containsExactly("lantern-2");
    }

    private static String idIn(String example) {
        return example.replaceFirst("(?s).*?\nid: ([a-z-]+)\n.*", "$1");
    }

    @Test
    void the_overlays_of_the_guide_to_the_catalog_say_what_the_guide_claims(@TempDir Path folder) throws Exception {
        Path overlays = Files.createDirectories(folder.resolve("overlays"));
        for (String example : blocks(page("catalog.md"), "yaml")) {
            String provider = example.replaceFirst("(?s).*?provider: ([a-z-]+)\n.*", "$1");
            Files.writeString(overlays.resolve(provider + ".yaml"), example);
        }
        Catalog catalog = new CatalogFiles(
                        new CatalogLoader(Formats.dialects().ids(), Map.of("SERAI_SANDBOX_PORT", "1")),
                        folder,
                        List.of())
                .read()
                .catalog();
        assertThat(catalog.model("openrouter", "harbour/lantern-9"))
                .extracting(Model::contextTokens, Model::capabilities)
                .containsExactly(64_000L, Set.of(Capability.TOOLS));
        assertThat(catalog.model("anthropic", "claude-sonnet-4-6"))
                .extracting(model -> model.prices().at(Instant.parse("2026-11-22T12:00:00Z")))
                .extracting(price -> price.base().usdPerMillion(TokenKind.INPUT))
                .isEqualTo(new BigDecimal("2.4"));
    }

    @Test
    void the_aliases_of_the_guide_to_choosing_can_be_loaded(@TempDir Path folder) throws Exception {
        Catalog catalog = new CatalogLoader(
                        List.of(
                                "openai-chat",
                                "openai-responses",
                                "openai-embeddings",
                                "anthropic-messages",
                                "anthropic-count-tokens",
                                "gemini",
                                "gemini-count-tokens",
                                "gemini-embeddings"),
                        Map.of("SERAI_SANDBOX_PORT", "1"))
                .load(List.of(CatalogLoader.SHIPPED));
        List<String> examples = blocks(page("choosing-a-model.md"), "yaml").stream()
                .filter(example -> example.contains("aliases:"))
                .toList();
        assertThat(examples).hasSize(2);
        for (String example : examples) {
            Files.writeString(folder.resolve(AliasLoader.FILE), example);
            Aliases aliases = new AliasLoader(new Strategies(
                            new Latencies(System::nanoTime), new InFlight(), Random::new, InstantSource.system()))
                    .load(List.of(new ConfigFolder.Directory(folder)), catalog);
            assertThat(aliases.all()).isNotEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_meter_is_listed_with_its_tags_and_its_meaning(Meters meter) throws IOException {
        String tags = meter.tags().stream().map(tag -> "`" + tag + "`").collect(Collectors.joining(", "));
        assertThat(page("run.md")).contains("| `%s` | %s | %s |".formatted(meter.meter(), tags, meter.meaning()));
    }

    @Test
    void the_example_of_the_routes_guide_fits_camels_schema() throws IOException {
        String example = blocks(Files.readString(RouteFile.FOLDER.resolve("README.md")), "yaml")
                .get(0);
        assertThat(RouteFiles.check(List.of(new ConfigFile("extensions.camel.yaml", "README.md", example))))
                .isEmpty();
    }

    /** A row for each list of the template, with its names; the names of both, in the order of the template. */
    @Test
    void the_headers_that_pass_are_those_of_the_route_file() throws Exception {
        String page = page("what-a-provider-gets.md");
        JsonNode beans = YamlDocument.parse(new ConfigFile(
                        "provider-template.camel.yaml",
                        "",
                        Files.readString(RouteFile.FOLDER.resolve("provider-template.camel.yaml"))))
                .root()
                .get(0)
                .path("beans");
        JsonNode sent = beans.get(0).path("properties");
        assertThat(page).contains("| " + quoted(sent.path("names")) + ", as the client sent them | every provider |");
        sent.path("dialects").properties().forEach(list -> assertThat(page.lines())
                .anyMatch(line -> line.startsWith("| " + quoted(list.getValue()) + ", as the client sent ")
                        && line.contains("`" + list.getKey() + "`")));
        List<String> told =
                List.of(beans.get(1).path("properties").path("names").asText().split(", ", -1));
        assertThat(told).allSatisfy(name -> assertThat(page).contains("`" + name.replace("*", "") + "`"));
    }

    private static String quoted(JsonNode names) {
        return "`" + names.asText().replace(", ", "`, `") + "`";
    }

    @Test
    void every_decision_is_in_the_list() throws IOException {
        String list = page("decisions/README.md");
        try (Stream<Path> records = Files.list(DOCS.resolve("decisions"))) {
            assertThat(records.map(record -> record.getFileName().toString()).filter(name -> !name.equals("README.md")))
                    .isNotEmpty()
                    .allSatisfy(name -> {
                        assertThat(list).contains("(" + name + ")");
                        String title = Files.readString(
                                        DOCS.resolve("decisions").resolve(name))
                                .lines()
                                .findFirst()
                                .orElse("");
                        assertThat(list).contains("| " + title.replaceFirst("# ", "") + " |");
                    });
        }
    }

    static List<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>(List.of(
                Path.of("README.md"), Path.of("CONTRIBUTING.md"), Path.of("CHANGELOG.md"), Path.of("bench/README.md")));
        pages.add(RouteFile.FOLDER.resolve("README.md"));
        try (Stream<Path> examples = Files.walk(Path.of("examples"))) {
            examples.filter(page -> page.toString().endsWith(".md")).sorted().forEach(pages::add);
        }
        try (Stream<Path> docs = Files.walk(DOCS)) {
            docs.filter(page -> page.toString().endsWith(".md")).sorted().forEach(pages::add);
        }
        return pages;
    }

    @ParameterizedTest
    @MethodSource("pages")
    void every_link_inside_the_repository_leads_somewhere(Path page) throws IOException {
        for (MatchResult link : LINK.matcher(Files.readString(page)).results().toList()) {
            Path target = link.group(1).isEmpty() ? page : page.resolveSibling(link.group(1));
            assertThat(target).as("%s in %s", link.group(), page).exists();
            if (link.group(2) != null) {
                assertThat(anchors(target)).as("%s in %s", link.group(), page).contains(link.group(2));
            }
        }
    }

    /** Headings as GitHub turns them into anchors. */
    private static List<String> anchors(Path page) throws IOException {
        return Files.readString(page)
                .lines()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("^#+ ", "").toLowerCase(Locale.ROOT))
                .map(heading -> heading.replaceAll("[^\\p{Alnum} _-]", "").replace(' ', '-'))
                .toList();
    }
}
