package dev.serai.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.genai.Client;
import com.google.genai.ResponseStream;
import com.google.genai.errors.ClientException;
import com.google.genai.types.Content;
import com.google.genai.types.EmbedContentConfig;
import com.google.genai.types.EmbedContentResponse;
import com.google.genai.types.FinishReason;
import com.google.genai.types.FunctionCall;
import com.google.genai.types.FunctionDeclaration;
import com.google.genai.types.GenerateContentConfig;
import com.google.genai.types.GenerateContentResponse;
import com.google.genai.types.HttpOptions;
import com.google.genai.types.Part;
import com.google.genai.types.Schema;
import com.google.genai.types.Tool;
import dev.serai.RunningSerai;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Google's own client, and providers of every other dialect. */
class GeminiJourneyTest {
    @RegisterExtension
    static final Journey JOURNEY = new Journey();

    private static Client google(String key) {
        return Client.builder()
                .apiKey(key)
                .httpOptions(HttpOptions.builder()
                        .baseUrl("http://127.0.0.1:"
                                + JOURNEY.serai().configuration().port())
                        .timeout(20_000)
                        .build())
                .build();
    }

    /** The answer in one piece; of a stream, the pieces after each other, with the usage of the last. */
    private static List<GenerateContentResponse> ask(
            Way way, String model, List<Content> contents, @Nullable GenerateContentConfig config) {
        try (Client client = google(RunningSerai.KEY)) {
            if (!way.isStreamed()) {
                return List.of(client.models.generateContent(model, contents, config));
            }
            List<GenerateContentResponse> pieces = new ArrayList<>();
            try (ResponseStream<GenerateContentResponse> stream =
                    client.models.generateContentStream(model, contents, config)) {
                stream.forEach(pieces::add);
            }
            return pieces;
        }
    }

    private static List<Part> parts(List<GenerateContentResponse> pieces) {
        return pieces.stream()
                .flatMap(piece -> piece.candidates().orElse(List.of()).stream())
                .flatMap(candidate -> candidate.content().stream())
                .flatMap(content -> content.parts().orElse(List.of()).stream())
                .toList();
    }

    private static String text(List<GenerateContentResponse> pieces) {
        StringBuilder text = new StringBuilder();
        parts(pieces).forEach(part -> part.text().ifPresent(text::append));
        return text.toString();
    }

    private static GenerateContentResponse last(List<GenerateContentResponse> pieces) {
        return pieces.get(pieces.size() - 1);
    }

    private static Content user(String text) {
        return Content.builder().role("user").parts(Part.fromText(text)).build();
    }

    @ParameterizedTest
    @EnumSource
    void a_question_is_answered(Way way) {
        List<GenerateContentResponse> answer = ask(way, way.talker(), List.of(user("Is anybody there?")), null);

        assertThat(text(answer)).isEqualTo(way.answerTo("Is anybody there?"));
        assertThat(last(answer)
                        .candidates()
                        .orElseThrow()
                        .get(0)
                        .finishReason()
                        .orElseThrow()
                        .knownEnum())
                .isEqualTo(FinishReason.Known.STOP);
        assertThat(last(answer)
                        .usageMetadata()
                        .orElseThrow()
                        .candidatesTokenCount()
                        .orElseThrow())
                .isPositive();
        assertThat(last(answer).responseId()).isPresent();
    }

    @ParameterizedTest
    @EnumSource
    void a_tool_is_called_and_its_result_is_heard(Way way) {
        Schema city = Schema.builder()
                .type("OBJECT")
                .properties(Map.of("city", Schema.builder().type("STRING").build()))
                .required("city")
                .build();
        GenerateContentConfig config = GenerateContentConfig.builder()
                .tools(Tool.builder()
                        .functionDeclarations(FunctionDeclaration.builder()
                                .name("weather")
                                .parameters(city)
                                .build()))
                .build();
        Content question = user("What is the weather?");
        List<Part> said = parts(ask(way, way.toolCaller(), List.of(question), config)).stream()
                .filter(part -> part.functionCall().isPresent())
                .toList();

        assertThat(said).hasSize(1);
        FunctionCall call = said.get(0).functionCall().orElseThrow();
        assertThat(call.name()).contains("weather");
        assertThat(call.args().orElseThrow()).isEqualTo(Map.of("city", way.city()));

        Content calling = Content.builder().role("model").parts(said).build();
        Content result = Content.builder()
                .role("user")
                .parts(Part.fromFunctionResponse("weather", Map.of("output", "22 degrees")))
                .build();
        assertThat(text(ask(way, way.toolCaller(), List.of(question, calling, result), config)))
                .isEqualTo(way.answerToResult("22 degrees"));
    }

    @Test
    void texts_become_vectors() {
        try (Client client = google(RunningSerai.KEY)) {
            EmbedContentResponse response = client.models.embedContent(
                    "sandbox:embed",
                    List.of("one", "two"),
                    EmbedContentConfig.builder().build());
            assertThat(response.embeddings().orElseThrow()).hasSize(2).allSatisfy(embedding -> assertThat(
                            embedding.values().orElseThrow())
                    .isNotEmpty());
        }
    }

    @Test
    void a_wrong_key_and_a_wrong_model_are_googles_own_errors() {
        try (Client stranger = google("wrong");
                Client client = google(RunningSerai.KEY)) {
            assertThatExceptionOfType(ClientException.class)
                    .isThrownBy(() -> stranger.models.generateContent("sandbox:echo", "hi", null))
                    .satisfies(e -> assertThat(e.code()).isEqualTo(401))
                    .satisfies(e -> assertThat(e.message()).contains("access key"));
            assertThatExceptionOfType(ClientException.class)
                    .isThrownBy(() -> client.models.generateContent("nowhere", "hi", null))
                    .satisfies(e -> assertThat(e.code()).isEqualTo(404))
                    .satisfies(e -> assertThat(e.message()).contains("nowhere"));
        }
    }
}
