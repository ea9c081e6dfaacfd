package dev.serai.journeys;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** LangChain4j, with any of its modules. */
final class LangChainSdk implements Sdk {
    /** Makes the models of one module. */
    interface Module {
        /** @param thinks whether it is told to think, and to return its thoughts */
        ChatModel whole(String model, boolean thinks);

        StreamingChatModel streaming(String model, boolean thinks);
    }

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonObjectSchema CITY = JsonObjectSchema.builder()
            .addStringProperty("city")
            .required("city")
            .build();

    private final Module module;
    private final boolean asksForThoughts;

    LangChainSdk(Module module, boolean asksForThoughts) {
        this.module = module;
        this.asksForThoughts = asksForThoughts;
    }

    @Override
    public boolean asksForThoughts() {
        return asksForThoughts;
    }

    private AiMessage ask(String model, ChatRequest.Builder request, boolean streamed, boolean thinks) {
        if (!streamed) {
            return module.whole(model, thinks).chat(request.build()).aiMessage();
        }
        CompletableFuture<ChatResponse> whole = new CompletableFuture<>();
        module.streaming(model, thinks).chat(request.build(), new StreamingChatResponseHandler() {
            @Override
            public void onCompleteResponse(ChatResponse response) {
                whole.complete(response);
            }

            @Override
            public void onError(Throwable failure) {
                whole.completeExceptionally(failure);
            }
        });
        return whole.orTimeout(20, TimeUnit.SECONDS).join().aiMessage();
    }

    private static ChatRequest.Builder request(String question) {
        return ChatRequest.builder().messages(UserMessage.from(question));
    }

    @Override
    public String talk(String model, String question, boolean streamed) {
        return ask(model, request(question), streamed, false).text();
    }

    @Override
    public String callTools(String model, String question, boolean streamed, UnaryOperator<String> weather) {
        ToolSpecification tool = ToolSpecification.builder()
                .name(TOOL)
                .description("Tells the weather of a city.")
                .parameters(CITY)
                .build();
        List<ChatMessage> messages = new ArrayList<>(List.of(UserMessage.from(question)));
        while (true) {
            AiMessage said =
                    ask(model, ChatRequest.builder().messages(messages).toolSpecifications(tool), streamed, false);
            if (!said.hasToolExecutionRequests()) {
                return said.text();
            }
            messages.add(said);
            for (ToolExecutionRequest call : said.toolExecutionRequests()) {
                messages.add(ToolExecutionResultMessage.from(call, weather.apply(cityOf(call.arguments()))));
            }
        }
    }

    static String cityOf(String arguments) {
        return read(arguments, City.class).city();
    }

    static <T> T read(String json, Class<T> type) {
        try {
            return JSON.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(json, e);
        }
    }

    @Override
    public Place structure(String model, String question) {
        ResponseFormat place = ResponseFormat.builder()
                .type(ResponseFormatType.JSON)
                .jsonSchema(JsonSchema.builder()
                        .name("place")
                        .rootElement(JsonObjectSchema.builder()
                                .addStringProperty("city")
                                .addIntegerProperty("degrees")
                                .required("city", "degrees")
                                .build())
                        .build())
                .build();
        return read(
                ask(model, request(question).responseFormat(place), false, false)
                        .text(),
                Place.class);
    }

    @Override
    public String look(String model, String question) {
        ImageContent image = ImageContent.from(Base64.getEncoder().encodeToString(PNG), "image/png");
        UserMessage message = UserMessage.from(TextContent.from(question), image);
        return ask(model, ChatRequest.builder().messages(message), false, false).text();
    }

    @Override
    public Thinking think(String model, String question, boolean streamed) {
        AiMessage said = ask(model, request(question), streamed, true);
        return new Thinking(said.text(), Objects.requireNonNullElse(said.thinking(), ""));
    }
}
