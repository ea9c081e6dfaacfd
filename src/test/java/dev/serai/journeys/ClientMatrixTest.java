package dev.serai.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.genai.Client;
import com.google.genai.types.HttpOptions;
import dev.serai.RunningSerai;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every client for Java, in front of a provider of every dialect: what it does with its own provider, it does with Serai. */
class ClientMatrixTest {
    @RegisterExtension
    static final Journey JOURNEY = new Journey() {
        @Override
        void prepare(RunningSerai.Setup setup) throws Exception {
            for (String dialect : Caravan.MODELS.keySet()) {
                setup.withProviderFile(
                        "caravan-" + dialect, Caravan.file(dialect, provider().url()));
            }
        }
    };

    /** They show what was thought only to those who ask for it. */
    private static final List<String> SHOWN_IF_ASKED = List.of("openai-responses", "gemini");

    private static final Caravan CARAVAN = new Caravan();
    private static final Map<String, Sdk> CLIENTS = new TreeMap<>();

    @BeforeAll
    static void point() {
        String url = "http://127.0.0.1:" + JOURNEY.serai().configuration().port();
        JOURNEY.provider().answers(CARAVAN);
        CLIENTS.put("openai-java, chat completions", new OpenAiChatSdk(JOURNEY.openai()));
        CLIENTS.put("openai-java, responses", new OpenAiResponsesSdk(JOURNEY.openai()));
        CLIENTS.put("anthropic-java", new AnthropicSdk(JOURNEY.anthropic()));
        CLIENTS.put("google-genai", new GoogleSdk(google(url)));
        CLIENTS.put("langchain4j, OpenAI chat completions", new LangChainSdk(LangChainModules.openAiChat(url), false));
        CLIENTS.put("langchain4j, OpenAI responses", new LangChainSdk(LangChainModules.openAiResponses(url), true));
        CLIENTS.put("langchain4j, Anthropic", new LangChainSdk(LangChainModules.anthropic(url), true));
        CLIENTS.put("langchain4j, Gemini", new LangChainSdk(LangChainModules.gemini(url), true));
    }

    private static Client google(String url) {
        return Client.builder()
                .apiKey(RunningSerai.KEY)
                .httpOptions(HttpOptions.builder().baseUrl(url).timeout(20_000).build())
                .build();
    }

    @AfterAll
    static void forget() {
        CLIENTS.clear();
    }

    static Stream<Arguments> pairs() {
        return CLIENTS.keySet().stream()
                .flatMap(client ->
                        Caravan.MODELS.keySet().stream().sorted().map(dialect -> Arguments.of(client, dialect)));
    }

    static Stream<Arguments> ways() {
        return pairs().flatMap(pair ->
                Stream.of(false, true).map(streamed -> Arguments.of(pair.get()[0], pair.get()[1], streamed)));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void a_question_is_answered(String client, String dialect, boolean streamed) {
        String answer = CLIENTS.get(client).talk(Caravan.MODELS.get(dialect), "Is the inn open?", streamed);

        assertThat(answer).isEqualTo(Caravan.TEXT);
        assertThat(CARAVAN.heard().dialect()).isEqualTo(dialect);
        assertThat(CARAVAN.heard().streamed()).isEqualTo(streamed);
        assertThat(CARAVAN.heard().texts()).containsExactly("Is the inn open?");
    }

    @ParameterizedTest
    @MethodSource("ways")
    void a_tool_is_called_and_its_result_is_heard(String client, String dialect, boolean streamed) {
        isCalledFor("How is the weather there?", Caravan.CITIES.subList(0, 1), client, dialect, streamed);
    }

    @ParameterizedTest
    @MethodSource("ways")
    void a_tool_is_called_twice_at_once_and_both_results_are_heard(String client, String dialect, boolean streamed) {
        isCalledFor("How is the weather in both?", Caravan.CITIES, client, dialect, streamed);
    }

    private static void isCalledFor(
            String question, List<String> cities, String client, String dialect, boolean streamed) {
        List<String> asked = new ArrayList<>();
        UnaryOperator<String> weather = city -> "22 degrees in " + city;
        String answer = CLIENTS.get(client).callTools(Caravan.MODELS.get(dialect), question, streamed, city -> {
            asked.add(city);
            return weather.apply(city);
        });

        assertThat(asked).isEqualTo(cities);
        // LangChain4j sends Gemini an object with the result in it, and that is what the model hears.
        assertThat(answer)
                .startsWith(Caravan.HEARD)
                .contains(cities.stream().map(weather).toList());
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void an_answer_has_the_form_of_a_schema(String client, String dialect) {
        Sdk.Place place = CLIENTS.get(client).structure(Caravan.MODELS.get(dialect), "Where is it warm?");

        assertThat(place).isEqualTo(Caravan.PLACE);
        assertThat(CARAVAN.heard().fields()).containsExactlyInAnyOrder("city", "degrees");
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void an_image_is_shown(String client, String dialect) {
        String answer = CLIENTS.get(client).look(Caravan.MODELS.get(dialect), "What is this?");

        assertThat(answer)
                .isEqualTo(Caravan.afterImages(
                        List.of("image/png," + Base64.getEncoder().encodeToString(Sdk.PNG))));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void what_was_thought_is_shown(String client, String dialect, boolean streamed) {
        Sdk sdk = CLIENTS.get(client);
        Sdk.Thinking answer = sdk.think(Caravan.MODELS.get(dialect), "Is the inn open?", streamed);

        assertThat(answer.text()).isEqualTo(Caravan.TEXT);
        assertThat(CARAVAN.heard().thinks()).isTrue();
        boolean isShown = sdk.asksForThoughts() || !SHOWN_IF_ASKED.contains(dialect);
        assertThat(answer.thought()).isEqualTo(isShown ? Caravan.THOUGHT : "");
    }
}
