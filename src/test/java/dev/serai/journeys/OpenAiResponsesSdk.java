package dev.serai.journeys;

import com.openai.client.OpenAIClient;
import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.helpers.ResponseAccumulator;
import com.openai.models.Reasoning;
import com.openai.models.ReasoningEffort;
import com.openai.models.responses.FunctionTool;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseFunctionToolCall;
import com.openai.models.responses.ResponseInputImage;
import com.openai.models.responses.ResponseInputItem;
import com.openai.models.responses.ResponseOutputItem;
import com.openai.models.responses.ResponseStreamEvent;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** OpenAI's own client: responses. */
record OpenAiResponsesSdk(OpenAIClient client) implements Sdk {
    private static final FunctionTool WEATHER = FunctionTool.builder()
            .name(TOOL)
            .strict(false)
            .parameters(FunctionTool.Parameters.builder()
                    .putAdditionalProperty("type", JsonValue.from("object"))
                    .putAdditionalProperty("properties", JsonValue.from(Map.of("city", Map.of("type", "string"))))
                    .build())
            .build();

    @Override
    public boolean asksForThoughts() {
        return true;
    }

    private Response ask(ResponseCreateParams.Builder request, boolean streamed) {
        if (!streamed) {
            return client.responses().create(request.build());
        }
        ResponseAccumulator whole = ResponseAccumulator.createWithSnapshots();
        try (StreamResponse<ResponseStreamEvent> stream = client.responses().createStreaming(request.build())) {
            stream.stream().forEach(whole::accumulate);
        }
        return whole.response().validate();
    }

    private static String text(Response response) {
        return response.output().stream()
                .flatMap(item -> item.message().stream())
                .flatMap(message -> message.content().stream())
                .flatMap(content -> content.outputText().stream())
                .map(text -> text.text())
                .collect(Collectors.joining());
    }

    @Override
    public String talk(String model, String question, boolean streamed) {
        return text(ask(ResponseCreateParams.builder().model(model).input(question), streamed));
    }

    @Override
    public String callTools(String model, String question, boolean streamed, UnaryOperator<String> weather) {
        List<ResponseInputItem> conversation = new ArrayList<>();
        conversation.add(ResponseInputItem.ofMessage(ResponseInputItem.Message.builder()
                .role(ResponseInputItem.Message.Role.USER)
                .addInputTextContent(question)
                .build()));
        while (true) {
            Response response = ask(
                    ResponseCreateParams.builder().model(model).addTool(WEATHER).inputOfResponse(conversation),
                    streamed);
            List<ResponseFunctionToolCall> calls = response.output().stream()
                    .filter(ResponseOutputItem::isFunctionCall)
                    .map(ResponseOutputItem::asFunctionCall)
                    .toList();
            if (calls.isEmpty()) {
                return text(response);
            }
            calls.forEach(call -> conversation.add(ResponseInputItem.ofFunctionCall(call)));
            for (ResponseFunctionToolCall call : calls) {
                conversation.add(ResponseInputItem.ofFunctionCallOutput(ResponseInputItem.FunctionCallOutput.builder()
                        .callId(call.callId())
                        .output(weather.apply(LangChainSdk.cityOf(call.arguments())))
                        .build()));
            }
        }
    }

    @Override
    public Place structure(String model, String question) {
        return client
                .responses()
                .create(ResponseCreateParams.builder()
                        .model(model)
                        .input(question)
                        .text(Place.class)
                        .build())
                .output()
                .stream()
                .flatMap(item -> item.message().stream())
                .flatMap(message -> message.content().stream())
                .flatMap(content -> content.outputText().stream())
                .findFirst()
                .orElseThrow();
    }

    @Override
    public String look(String model, String question) {
        ResponseInputItem message = ResponseInputItem.ofMessage(ResponseInputItem.Message.builder()
                .role(ResponseInputItem.Message.Role.USER)
                .addInputTextContent(question)
                .addContent(ResponseInputImage.builder()
                        .detail(ResponseInputImage.Detail.AUTO)
                        .imageUrl("data:image/png;base64," + Base64.getEncoder().encodeToString(PNG))
                        .build())
                .build());
        return text(ask(ResponseCreateParams.builder().model(model).inputOfResponse(List.of(message)), false));
    }

    @Override
    public Thinking think(String model, String question, boolean streamed) {
        Response response = ask(
                ResponseCreateParams.builder()
                        .model(model)
                        .input(question)
                        .reasoning(Reasoning.builder()
                                .effort(ReasoningEffort.MEDIUM)
                                .summary(Reasoning.Summary.AUTO)
                                .build()),
                streamed);
        String thought = response.output().stream()
                .flatMap(item -> item.reasoning().stream())
                .flatMap(item -> item.summary().stream())
                .map(summary -> summary.text())
                .collect(Collectors.joining());
        return new Thinking(text(response), thought);
    }
}
