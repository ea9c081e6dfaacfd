package dev.serai.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.config.ConfigFile;
import dev.serai.config.ConfigFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The provider files and presets that come with Serai: what each must say, and what some of them do say. */
class ShippedFilesTest {
    /** The day when somebody last went through the lists of what has been shut down. */
    private static final LocalDate REVIEWED = LocalDate.of(2026, 11, 22);

    static final List<String> DIALECTS = List.of(
            "openai-chat",
            "openai-responses",
            "openai-embeddings",
            "anthropic-messages",
            "anthropic-count-tokens",
            "gemini",
            "gemini-count-tokens",
            "gemini-embeddings");
    private static final Map<String, String> VARIABLES =
            Map.of("SERAI_SANDBOX_PORT", "1", "GOOGLE_VERTEX_PROJECT", "my-project", "AWS_REGION", "eu-west-1");
    private static final Map<String, String> ADDRESSES = Map.of(
            "azure-openai", "https://my-resource.openai.azure.com/openai",
            "azure-openai-v1", "https://my-resource.openai.azure.com/openai/v1");

    /** Every shipped provider, and a provider of every preset. */
    static List<Provider> providers() throws Exception {
        List<Provider> all = new ArrayList<>(shipped().providers());
        for (ConfigFile preset : CatalogLoader.SHIPPED_PRESETS.files()) {
            all.add(ofPreset(preset.name().replace(".yaml", "")));
        }
        return all;
    }

    static Stream<Catalog.Entry> models() throws Exception {
        return providers().stream().map(List::of).map(Catalog::new).flatMap(catalog -> catalog.models().stream());
    }

    static Catalog shipped() throws Exception {
        return loader().load(List.of(CatalogLoader.SHIPPED));
    }

    private static CatalogLoader loader() {
        return new CatalogLoader(DIALECTS, VARIABLES);
    }

    private static Provider ofPreset(String name) throws Exception {
        return made("mine", name);
    }

    /** The provider that a preset makes under its own name. */
    static Provider preset(String name) throws Exception {
        return made(name, name);
    }

    private static Provider made(String id, String name) throws Exception {
        Path folder = Files.createTempDirectory("presets");
        Path file = folder.resolve(id + ".yaml");
        String address = ADDRESSES.get(name);
        Files.writeString(
                file, "id: " + id + "\npreset: " + name + "\n" + (address == null ? "" : "baseUrl: " + address + "\n"));
        try {
            return Objects.requireNonNull(
                    loader().load(List.of(new ConfigFolder.Directory(folder))).provider(id));
        } finally {
            Files.delete(file);
            Files.delete(folder);
        }
    }

    @Test
    void the_built_in_providers_and_presets_are_there() throws Exception {
        assertThat(shipped().providers())
                .extracting(Provider::id)
                .containsExactly(
                        "openai",
                        "anthropic",
                        "google",
                        "deepseek",
                        "inceptionlabs",
                        "groq",
                        "hyperbolic",
                        "inference-net",
                        "openrouter",
                        "ollama",
                        "sandbox");
        assertThat(CatalogLoader.SHIPPED_PRESETS.files())
                .extracting(file -> file.name().replace(".yaml", ""))
                .containsExactlyInAnyOrder(
                        "azure-openai",
                        "azure-openai-v1",
                        "bedrock",
                        "cerebras",
                        "cohere",
                        "fireworks",
                        "lm-studio",
                        "mistral",
                        "moonshot",
                        "ollama",
                        "perplexity",
                        "together",
                        "vertex",
                        "vllm",
                        "xai",
                        "z-ai");
    }

    @Test
    void every_file_names_its_schema_on_line_one() throws Exception {
        List<ConfigFile> files = new ArrayList<>(CatalogLoader.SHIPPED.files());
        files.addAll(CatalogLoader.SHIPPED_PRESETS.files());
        assertThat(files).allSatisfy(file -> assertThat(file.text())
                .startsWith("# yaml-language-server: $schema=../provider.schema.json\n# "));
    }

    @Test
    void every_preset_that_leaves_nothing_open_can_be_switched_on_without_a_file(@TempDir Path empty) throws Exception {
        List<String> complete = CatalogLoader.SHIPPED_PRESETS.files().stream()
                .map(file -> file.name().replace(".yaml", ""))
                .filter(name -> !ADDRESSES.containsKey(name))
                .toList();
        assertThat(loader().load(
                                List.of(new ConfigFolder.Directory(empty)),
                                List.of(CatalogLoader.SHIPPED_PRESETS),
                                complete)
                        .providers())
                .extracting(Provider::id)
                .containsExactlyInAnyOrderElementsOf(complete);
    }

    @ParameterizedTest
    @MethodSource("providers")
    void a_provider_that_lists_models_says_where_people_read_about_it_and_when_it_was_checked(Provider provider) {
        if (!provider.id().equals("sandbox")) {
            assertThat(provider.website()).startsWith("https://");
            assertThat(provider.checked() != null).isEqualTo(!provider.models().isEmpty());
        }
    }

    @Test
    void every_model_has_a_kind_and_a_source() throws Exception {
        assertThat(models()).hasSizeGreaterThan(300).allSatisfy(entry -> {
            assertThat(entry.model().kind()).as(name(entry)).isNotEqualTo(Kind.UNKNOWN);
            assertThat(entry.model().source()).as(name(entry)).isNotEmpty();
        });
    }

    @Test
    void no_model_is_listed_whose_announced_end_had_passed_when_the_files_were_reviewed() throws Exception {
        assertThat(models().filter(entry -> entry.model().lifecycle().on(REVIEWED) == Lifecycle.Stage.RETIRED)
                        .map(ShippedFilesTest::name))
                .isEmpty();
    }

    @Test
    void a_known_price_of_a_chat_model_is_known_today_and_output_costs_no_less_than_input() throws Exception {
        assertThat(models().filter(entry -> entry.model().prices() instanceof Prices.Known
                        && entry.model().kind() == Kind.CHAT))
                .hasSizeGreaterThan(200)
                .allSatisfy(entry -> {
                    Price price = entry.model().prices().at(Instant.parse("2026-11-22T00:00:00Z"));
                    assertThat(price).as(name(entry)).isNotNull();
                    for (long input : new long[] {1, 10_000_000}) {
                        Rates rates = price.rates(input);
                        assertThat(rates.picosPerToken(TokenKind.OUTPUT))
                                .as(name(entry))
                                .isGreaterThanOrEqualTo(rates.picosPerToken(TokenKind.INPUT));
                        assertThat(rates.picosPerToken(TokenKind.CACHE_READ))
                                .as(name(entry))
                                .isLessThanOrEqualTo(rates.picosPerToken(TokenKind.INPUT));
                        assertThat(rates.picosPerToken(TokenKind.INPUT))
                                .as(name(entry))
                                .isPositive();
                    }
                });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            openai      gpt-5.4                      openai-chat        | https://api.openai.com/v1/chat/completions                               | Authorization Bearer OPENAI_API_KEY
            openai      gpt-5.4-pro                  openai-responses   | https://api.openai.com/v1/responses                                      | Authorization Bearer OPENAI_API_KEY
            anthropic   claude-sonnet-5              anthropic-messages | https://api.anthropic.com/v1/messages                                    | x-api-key ANTHROPIC_API_KEY
            anthropic   claude-sonnet-5              anthropic-count-tokens | https://api.anthropic.com/v1/messages/count_tokens                   | x-api-key ANTHROPIC_API_KEY
            google      gemini-3.5-flash             gemini             | https://generativelanguage.googleapis.com/v1beta/models/gemini-3.5-flash:streamGenerateContent?alt=sse | x-goog-api-key GEMINI_API_KEY
            google      gemini-3.5-flash             gemini-count-tokens | https://generativelanguage.googleapis.com/v1beta/models/gemini-3.5-flash:countTokens | x-goog-api-key GEMINI_API_KEY
            google      gemini-embedding-2           gemini-embeddings  | https://generativelanguage.googleapis.com/v1beta/models/gemini-embedding-2:batchEmbedContents | x-goog-api-key GEMINI_API_KEY
            google      gemini-embedding-2           openai-embeddings  | https://generativelanguage.googleapis.com/v1beta/openai/embeddings         | Authorization Bearer GEMINI_API_KEY
            google      gemini-3.5-flash             openai-chat        | https://generativelanguage.googleapis.com/v1beta/openai/chat/completions | Authorization Bearer GEMINI_API_KEY
            groq        llama-3.1-8b-instant         openai-chat        | https://api.groq.com/openai/v1/chat/completions                          | Authorization Bearer GROQ_API_KEY
            deepseek    deepseek-v4-pro              openai-chat        | https://api.deepseek.com/chat/completions                                | Authorization Bearer DEEPSEEK_API_KEY
            deepseek    deepseek-v4-pro              anthropic-messages | https://api.deepseek.com/anthropic/v1/messages                           | x-api-key DEEPSEEK_API_KEY
            openrouter  openai/gpt-5.4               anthropic-messages | https://openrouter.ai/api/v1/messages                                    | Authorization Bearer OPENROUTER_API_KEY
            hyperbolic  Qwen/QwQ-32B                 openai-chat        | https://api.hyperbolic.xyz/v1/chat/completions                           | Authorization Bearer HYPERBOLIC_API_KEY
            inceptionlabs mercury-2                  openai-chat        | https://api.inceptionlabs.ai/v1/chat/completions                         | Authorization Bearer INCEPTION_API_KEY
            inference-net qwen/qwen3-embedding-4b    openai-embeddings  | https://api.inference.net/v1/embeddings                                  | Authorization Bearer INFERENCE_API_KEY
            +ollama     llama3.2:1b                  anthropic-messages | http://127.0.0.1:11434/v1/messages                                       | none
            +vllm       m                            openai-chat        | http://127.0.0.1:8000/v1/chat/completions                                | none
            +lm-studio  m                            openai-responses   | http://127.0.0.1:1234/v1/responses                                       | none
            +azure-openai    my-gpt                  openai-chat        | https://my-resource.openai.azure.com/openai/deployments/my-gpt/chat/completions?api-version=2024-10-21 | api-key AZURE_OPENAI_API_KEY
            +azure-openai    my-gpt                  openai-embeddings  | https://my-resource.openai.azure.com/openai/deployments/my-gpt/embeddings?api-version=2024-10-21 | api-key AZURE_OPENAI_API_KEY
            +azure-openai-v1 my-gpt                  openai-responses   | https://my-resource.openai.azure.com/openai/v1/responses                 | api-key AZURE_OPENAI_API_KEY
            +mistral    mistral-large-2512           openai-chat        | https://api.mistral.ai/v1/chat/completions                               | Authorization Bearer MISTRAL_API_KEY
            +xai        grok-4.3                     openai-responses   | https://api.x.ai/v1/responses                                            | Authorization Bearer XAI_API_KEY
            +together   zai-org/GLM-5                openai-chat        | https://api.together.xyz/v1/chat/completions                             | Authorization Bearer TOGETHER_API_KEY
            +fireworks  accounts/fireworks/models/glm-5p2 openai-chat   | https://api.fireworks.ai/inference/v1/chat/completions                   | Authorization Bearer FIREWORKS_API_KEY
            +cerebras   gpt-oss-120b                 openai-chat        | https://api.cerebras.ai/v1/chat/completions                              | Authorization Bearer CEREBRAS_API_KEY
            +cohere     embed-v4.0                   openai-embeddings  | https://api.cohere.ai/compatibility/v1/embeddings                        | Authorization Bearer COHERE_API_KEY
            +perplexity sonar                        openai-chat        | https://api.perplexity.ai/chat/completions                               | Authorization Bearer PERPLEXITY_API_KEY
            +moonshot   kimi-k3                      anthropic-messages | https://api.moonshot.ai/anthropic/v1/messages                            | Authorization Bearer MOONSHOT_API_KEY
            +z-ai       glm-5.2                      openai-chat        | https://api.z.ai/api/paas/v4/chat/completions                            | Authorization Bearer ZAI_API_KEY
            +z-ai       glm-5.2                      anthropic-messages | https://api.z.ai/api/anthropic/v1/messages                               | Authorization Bearer ZAI_API_KEY
            +vertex     google/gemini-3.5-flash      openai-chat        | https://aiplatform.googleapis.com/v1/projects/my-project/locations/global/endpoints/openapi/chat/completions | Authorization Bearer VERTEX_ACCESS_TOKEN
            +vertex     claude-opus-4-8@default      anthropic-messages | https://aiplatform.googleapis.com/v1/projects/my-project/locations/global/publishers/anthropic/models/claude-opus-4-8@default:streamRawPredict | Authorization Bearer VERTEX_ACCESS_TOKEN
            +bedrock    openai.gpt-oss-120b          openai-chat        | https://bedrock-mantle.eu-west-1.api.aws/v1/chat/completions             | Authorization Bearer AWS_BEARER_TOKEN_BEDROCK
            """)
    void a_streamed_request_goes_to_this_url_with_this_key(String what, String url, String auth) throws Exception {
        String[] parts = what.split(" +", -1);
        Provider provider = parts[0].startsWith("+")
                ? ofPreset(parts[0].substring(1))
                : Objects.requireNonNull(shipped().provider(parts[0]));
        Catalog.Entry known = new Catalog(List.of(provider)).find(provider.id(), parts[1]);

        assertThat(provider.url(parts[2], parts[1], true)).isEqualTo(url);
        assertThat(shown(provider.auth(parts[2]))).isEqualTo(auth);
        assertThat(known == null || provider.serves(known.model(), parts[2])).isTrue();
    }

    private static String shown(Auth auth) {
        return auth instanceof Auth.Header header
                ? (header.header() + " " + header.prefix() + " " + header.env()).replaceAll(" +", " ")
                : "none";
    }

    @ParameterizedTest
    @CsvSource({
        "anthropic, claude-sonnet-5,   2026-08-31, 2,    10",
        "anthropic, claude-sonnet-5,   2026-09-01, 3,    15",
        "anthropic, claude-opus-4-6,   2026-03-12, 5,    25",
        "openai,    gpt-5.6-luna,      2026-07-29, 1,    6",
        "openai,    gpt-5.6-luna,      2026-07-30, 0.2,  1.2",
        "openai,    gpt-5.6-terra,     2026-11-22, 2,    12",
        "openai,    gpt-5.6,           2026-11-22, 5,    30",
        "openai,    GPT-5.4-2026-03-05, 2026-11-22, 2.5, 15",
        "google,    gemini-3.6-flash,  2026-11-22, 1.5,  7.5",
        "deepseek,  deepseek-v4-flash, 2026-11-22, 0.14, 0.28",
    })
    void a_price_is_that_of_the_day(String provider, String model, LocalDate day, String input, String output)
            throws Exception {
        Model known = Objects.requireNonNull(shipped().model(provider, model));
        Price price = Objects.requireNonNull(known.prices().at(Instant.parse(day + "T12:00:00Z")));
        assertThat(price.base().usdPerMillion(TokenKind.INPUT)).isEqualByComparingTo(input);
        assertThat(price.base().usdPerMillion(TokenKind.OUTPUT)).isEqualByComparingTo(output);
    }

    @Test
    void a_long_request_to_gpt_5_4_costs_double_its_cache_included() throws Exception {
        Model gpt = Objects.requireNonNull(shipped().model("openai", "gpt-5.4"));
        Price price = Objects.requireNonNull(gpt.prices().at(Instant.parse("2026-11-22T00:00:00Z")));
        assertThat(price.rates(272_000).usdPerMillion(TokenKind.INPUT)).isEqualByComparingTo("2.5");
        assertThat(price.rates(272_001).usdPerMillion(TokenKind.INPUT)).isEqualByComparingTo("5");
        assertThat(price.rates(272_001).usdPerMillion(TokenKind.CACHE_READ)).isEqualByComparingTo("0.5");
        assertThat(price.rates(272_001).usdPerMillion(TokenKind.OUTPUT)).isEqualByComparingTo("22.5");
    }

    @Test
    void xai_counts_reasoning_beside_the_output() throws Exception {
        assertThat(ofPreset("xai").usageTotals("openai-chat").outputIncludesReasoning())
                .isFalse();
        assertThat(ofPreset("xai").usageTotals("openai-responses").outputIncludesReasoning())
                .isTrue();
    }

    private static String name(Catalog.Entry entry) {
        return entry.provider().name() + " " + entry.model().id();
    }
}
