package dev.serai.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.anthropic.core.http.StreamResponse;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.anthropic.models.messages.StopReason;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletion.Choice.FinishReason;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.embeddings.EmbeddingCreateParams;
import dev.serai.RunningSerai;
import dev.serai.testing.RawServer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The clients of OpenAI and Anthropic, and a provider that speaks Gemini. */
class GeminiProviderJourneyTest {
    @RegisterExtension
    static final Journey JOURNEY = new Journey() {
        @Override
        void prepare(RunningSerai.Setup setup) throws Exception {
            setup.withProviderFile("twin", """
                    id: twin
                    name: A raw socket that speaks Gemini
                    baseUrl: %s
                    dialects:
                      gemini:
                        path: /models/{model}:generateContent
                        streamPath: /models/{model}:streamGenerateContent?alt=sse
                      gemini-embeddings: /models/{model}:batchEmbedContents
                    auth:
                      header: x-goog-api-key
                      env: %s
                    """.formatted(provider().url(), RawProvider.KEY_VARIABLE));
        }
    };

    private static final String USAGE =
            "\"usageMetadata\":{\"promptTokenCount\":9,\"candidatesTokenCount\":4,\"thoughtsTokenCount\":3,\"totalTokenCount\":16}";
    private static final String CALL = "{\"functionCall\":{\"name\":\"weather\",\"args\":{\"city\":\"Samarkand\"}},"
            + "\"thoughtSignature\":\"c2ln\"}";
    private static final String REPLY = "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"I look.\"}," + CALL
            + "],\"role\":\"model\"},\"finishReason\":\"STOP\",\"index\":0}]," + USAGE
            + ",\"modelVersion\":\"g\",\"responseId\":\"r-1\"}";
    private static final String EVENTS =
            "data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"I lo\"}],\"role\":\"model\"},"
                    + "\"index\":0}],\"modelVersion\":\"g\",\"responseId\":\"r-1\"}\n\n"
                    + "data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"ok.\"}],\"role\":\"model\"},\"index\":0}]}\n\n"
                    + "data: {\"candidates\":[{\"content\":{\"parts\":[" + CALL
                    + "],\"role\":\"model\"},\"finishReason\":\"STOP\","
                    + "\"index\":0}]," + USAGE + "}\n\n";

    private static void script(boolean streamed) {
        JOURNEY.provider().answers((request, connection) -> {
            if (streamed) {
                RawProvider.stream(connection, EVENTS);
            } else {
                connection.write(RawServer.json(200, REPLY));
            }
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void openais_client_is_answered(boolean streamed) {
        script(streamed);
        ChatCompletionCreateParams request = ChatCompletionCreateParams.builder()
                .model("twin:gemini-2.5-flash")
                .addDeveloperMessage("Be brief")
                .addUserMessage("Is it warm in Samarkand?")
                .maxCompletionTokens(100)
                .build();
        ChatCompletion completion;
        if (streamed) {
            ChatCompletionAccumulator whole = ChatCompletionAccumulator.create();
            try (com.openai.core.http.StreamResponse<ChatCompletionChunk> stream =
                    JOURNEY.openai().chat().completions().createStreaming(request)) {
                stream.stream().forEach(whole::accumulate);
            }
            completion = whole.chatCompletion();
        } else {
            completion = JOURNEY.openai().chat().completions().create(request);
        }

        ChatCompletion.Choice choice = completion.choices().get(0);
        assertThat(choice.message().content()).contains("I look.");
        assertThat(choice.finishReason()).isEqualTo(FinishReason.TOOL_CALLS);
        assertThat(choice.message()
                        .toolCalls()
                        .orElseThrow()
                        .get(0)
                        .asFunction()
                        .function()
                        .arguments())
                .isEqualTo("{\"city\":\"Samarkand\"}");
        assertThat(JOURNEY.provider().lastRequest().head())
                .startsWith("POST /v1/models/gemini-2.5-flash:"
                        + (streamed ? "streamGenerateContent?alt=sse " : "generateContent "));
        assertThat(JOURNEY.provider().lastRequest().header("x-goog-api-key")).isEqualTo(RawProvider.KEY);
        assertThat(JOURNEY.provider().lastRequest().text())
                .isEqualTo(
                        "{\"systemInstruction\":{\"parts\":[{\"text\":\"Be brief\"}]},\"contents\":[{\"role\":\"user\",\"parts\":"
                                + "[{\"text\":\"Is it warm in Samarkand?\"}]}],\"generationConfig\":{\"maxOutputTokens\":100}}");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anthropics_client_is_answered(boolean streamed) {
        script(streamed);
        MessageCreateParams request = MessageCreateParams.builder()
                .model("twin:gemini-2.5-flash")
                .maxTokens(100)
                .addUserMessage("Is it warm in Samarkand?")
                .build();
        Message message;
        if (streamed) {
            MessageAccumulator whole = MessageAccumulator.create();
            try (StreamResponse<RawMessageStreamEvent> stream =
                    JOURNEY.anthropic().messages().createStreaming(request)) {
                stream.stream().forEach(whole::accumulate);
            }
            message = whole.message().validate();
        } else {
            message = JOURNEY.anthropic().messages().create(request);
        }

        assertThat(message.content().get(0).asText().text()).isEqualTo("I look.");
        assertThat(message.content().get(1).asToolUse().name()).isEqualTo("weather");
        assertThat(message.stopReason()).contains(StopReason.TOOL_USE);
        assertThat(message.usage().outputTokens()).isEqualTo(7);
    }

    @Test
    void openais_client_gets_vectors() {
        JOURNEY.provider()
                .answers(RawProvider.Reply.of(
                        RawServer.json(200, "{\"embeddings\":[{\"values\":[0.5,-0.25]},{\"values\":[1,0]}]}")));
        var response = JOURNEY.openai()
                .embeddings()
                .create(EmbeddingCreateParams.builder()
                        .model("twin:embed")
                        .inputOfArrayOfStrings(List.of("one", "two"))
                        .dimensions(2)
                        .build());

        assertThat(response.data()).hasSize(2);
        assertThat(response.data().get(0).embedding()).containsExactly(0.5f, -0.25f);
        assertThat(JOURNEY.provider().lastRequest().text())
                .isEqualTo("{\"requests\":[{\"model\":\"models/embed\",\"content\":{\"parts\":[{\"text\":\"one\"}]},"
                        + "\"outputDimensionality\":2},{\"model\":\"models/embed\",\"content\":{\"parts\":[{\"text\":\"two\"}]},"
                        + "\"outputDimensionality\":2}]}");
    }
}
