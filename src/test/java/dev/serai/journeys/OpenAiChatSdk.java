package dev.serai.journeys;

import com.openai.client.OpenAIClient;
import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.FunctionDefinition;
import com.openai.models.FunctionParameters;
import com.openai.models.ReasoningEffort;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionContentPart;
import com.openai.models.chat.completions.ChatCompletionContentPartImage;
import com.openai.models.chat.completions.ChatCompletionContentPartText;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionFunctionTool;
import com.openai.models.chat.completions.ChatCompletionMessage;
import com.openai.models.chat.completions.ChatCompletionMessageToolCall;
import com.openai.models.chat.completions.ChatCompletionToolMessageParam;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;

/** OpenAI's own client: chat completions. */
record OpenAiChatSdk(OpenAIClient client) implements Sdk {
    @Override
    public boolean asksForThoughts() {
        return false;
    }

    private static ChatCompletionCreateParams.Builder request(String model, String question) {
        return ChatCompletionCreateParams.builder().model(model).addUserMessage(question);
    }

    private ChatCompletionMessage ask(ChatCompletionCreateParams.Builder request, boolean streamed) {
        if (!streamed) {
            return client.chat()
                    .completions()
                    .create(request.build())
                    .choices()
                    .get(0)
                    .message();
        }
        ChatCompletionAccumulator whole = ChatCompletionAccumulator.create();
        try (StreamResponse<ChatCompletionChunk> stream =
                client.chat().completions().createStreaming(request.build())) {
            stream.stream().forEach(whole::accumulate);
        }
        return whole.chatCompletion().choices().get(0).message();
    }

    @Override
    public String talk(String model, String question, boolean streamed) {
        return ask(request(model, question), streamed).content().orElseThrow();
    }

    @Override
    public String callTools(String model, String question, boolean streamed, UnaryOperator<String> weather) {
        ChatCompletionCreateParams.Builder conversation = request(model, question)
                .addTool(ChatCompletionFunctionTool.builder()
                        .function(FunctionDefinition.builder()
                                .name(TOOL)
                                .parameters(FunctionParameters.builder()
                                        .putAdditionalProperty("type", JsonValue.from("object"))
                                        .putAdditionalProperty(
                                                "properties", JsonValue.from(Map.of("city", Map.of("type", "string"))))
                                        .build())
                                .build())
                        .build());
        while (true) {
            ChatCompletionMessage said = ask(conversation, streamed);
            List<ChatCompletionMessageToolCall> calls = said.toolCalls().orElse(List.of());
            if (calls.isEmpty()) {
                return said.content().orElseThrow();
            }
            conversation.addMessage(said);
            for (ChatCompletionMessageToolCall call : calls) {
                String city = LangChainSdk.cityOf(call.asFunction().function().arguments());
                conversation.addMessage(ChatCompletionToolMessageParam.builder()
                        .toolCallId(call.asFunction().id())
                        .content(weather.apply(city))
                        .build());
            }
        }
    }

    @Override
    public Place structure(String model, String question) {
        return client.chat()
                .completions()
                .create(request(model, question).responseFormat(Place.class).build())
                .choices()
                .get(0)
                .message()
                .content()
                .orElseThrow();
    }

    @Override
    public String look(String model, String question) {
        String url = "data:image/png;base64," + Base64.getEncoder().encodeToString(PNG);
        return ask(
                        ChatCompletionCreateParams.builder()
                                .model(model)
                                .addUserMessageOfArrayOfContentParts(List.of(
                                        ChatCompletionContentPart.ofText(ChatCompletionContentPartText.builder()
                                                .text(question)
                                                .build()),
                                        ChatCompletionContentPart.ofImageUrl(ChatCompletionContentPartImage.builder()
                                                .imageUrl(ChatCompletionContentPartImage.ImageUrl.builder()
                                                        .url(url)
                                                        .build())
                                                .build()))),
                        false)
                .content()
                .orElseThrow();
    }

    /** Its types have no thoughts: they are among what it does not know, and not put together when they are streamed. */
    @Override
    public Thinking think(String model, String question, boolean streamed) {
        ChatCompletionCreateParams request =
                request(model, question).reasoningEffort(ReasoningEffort.MEDIUM).build();
        if (!streamed) {
            ChatCompletionMessage said =
                    client.chat().completions().create(request).choices().get(0).message();
            return new Thinking(said.content().orElseThrow(), thought(said._allProperties()));
        }
        StringBuilder text = new StringBuilder();
        StringBuilder thought = new StringBuilder();
        try (StreamResponse<ChatCompletionChunk> stream =
                client.chat().completions().createStreaming(request)) {
            stream.stream().flatMap(chunk -> chunk.choices().stream()).forEach(choice -> {
                choice.delta().content().ifPresent(text::append);
                thought.append(thought(choice.delta()._allProperties()));
            });
        }
        return new Thinking(text.toString(), thought.toString());
    }

    private static String thought(Map<String, JsonValue> more) {
        JsonValue thought = more.get("reasoning_content");
        return thought == null ? "" : Objects.requireNonNullElse(thought.convert(String.class), "");
    }
}
