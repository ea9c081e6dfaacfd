package dev.serai.journeys;

import com.anthropic.client.AnthropicClient;
import com.anthropic.core.JsonValue;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.Base64ImageSource;
import com.anthropic.models.messages.ContentBlockParam;
import com.anthropic.models.messages.ImageBlockParam;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.anthropic.models.messages.TextBlockParam;
import com.anthropic.models.messages.ThinkingConfigEnabled;
import com.anthropic.models.messages.Tool;
import com.anthropic.models.messages.ToolResultBlockParam;
import com.anthropic.models.messages.ToolUseBlock;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Anthropic's own client. */
record AnthropicSdk(AnthropicClient client) implements Sdk {
    private static final Tool WEATHER = Tool.builder()
            .name(TOOL)
            .inputSchema(Tool.InputSchema.builder()
                    .properties(Tool.InputSchema.Properties.builder()
                            .putAdditionalProperty("city", JsonValue.from(Map.of("type", "string")))
                            .build())
                    .build())
            .build();

    @Override
    public boolean asksForThoughts() {
        return true;
    }

    private static MessageCreateParams.Builder request(String model) {
        return MessageCreateParams.builder().model(model).maxTokens(4000);
    }

    private Message ask(MessageCreateParams.Builder request, boolean streamed) {
        if (!streamed) {
            return client.messages().create(request.build());
        }
        MessageAccumulator whole = MessageAccumulator.create();
        try (StreamResponse<RawMessageStreamEvent> stream = client.messages().createStreaming(request.build())) {
            stream.stream().forEach(whole::accumulate);
        }
        return whole.message().validate();
    }

    private static String text(Message message) {
        return message.content().stream()
                .flatMap(block -> block.text().stream())
                .map(block -> block.text())
                .collect(Collectors.joining());
    }

    @Override
    public String talk(String model, String question, boolean streamed) {
        return text(ask(request(model).addUserMessage(question), streamed));
    }

    @Override
    public String callTools(String model, String question, boolean streamed, UnaryOperator<String> weather) {
        MessageCreateParams.Builder conversation =
                request(model).addUserMessage(question).addTool(WEATHER);
        while (true) {
            Message said = ask(conversation, streamed);
            List<ToolUseBlock> calls = said.content().stream()
                    .flatMap(block -> block.toolUse().stream())
                    .toList();
            if (calls.isEmpty()) {
                return text(said);
            }
            conversation
                    .addMessage(said)
                    .addUserMessageOfContentBlockParams(calls.stream()
                            .map(call -> ContentBlockParam.ofToolResult(ToolResultBlockParam.builder()
                                    .toolUseId(call.id())
                                    .content(weather.apply(city(call)))
                                    .build()))
                            .toList());
        }
    }

    private static String city(ToolUseBlock call) {
        return Objects.requireNonNull(call._input().convert(City.class)).city();
    }

    @Override
    public Place structure(String model, String question) {
        return client
                .messages()
                .create(request(model)
                        .addUserMessage(question)
                        .outputConfig(Place.class)
                        .build())
                .content()
                .stream()
                .flatMap(block -> block.text().stream())
                .findFirst()
                .orElseThrow()
                .text();
    }

    @Override
    public String look(String model, String question) {
        ImageBlockParam image = ImageBlockParam.builder()
                .source(Base64ImageSource.builder()
                        .mediaType(Base64ImageSource.MediaType.IMAGE_PNG)
                        .data(Base64.getEncoder().encodeToString(PNG))
                        .build())
                .build();
        return text(ask(
                request(model)
                        .addUserMessageOfContentBlockParams(List.of(
                                ContentBlockParam.ofImage(image),
                                ContentBlockParam.ofText(
                                        TextBlockParam.builder().text(question).build()))),
                false));
    }

    @Override
    public Thinking think(String model, String question, boolean streamed) {
        Message said = ask(
                request(model)
                        .addUserMessage(question)
                        .thinking(ThinkingConfigEnabled.builder()
                                .budgetTokens(2048)
                                .display(ThinkingConfigEnabled.Display.SUMMARIZED)
                                .build()),
                streamed);
        String thought = said.content().stream()
                .flatMap(block -> block.thinking().stream())
                .map(block -> block.thinking())
                .collect(Collectors.joining());
        return new Thinking(text(said), thought);
    }
}
