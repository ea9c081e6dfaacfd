package dev.serai.journeys;

import com.google.genai.Client;
import com.google.genai.ResponseStream;
import com.google.genai.types.Content;
import com.google.genai.types.FunctionCall;
import com.google.genai.types.FunctionDeclaration;
import com.google.genai.types.FunctionResponse;
import com.google.genai.types.GenerateContentConfig;
import com.google.genai.types.GenerateContentResponse;
import com.google.genai.types.Part;
import com.google.genai.types.Schema;
import com.google.genai.types.ThinkingConfig;
import com.google.genai.types.Tool;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Google's own client. */
record GoogleSdk(Client client) implements Sdk {
    private static final Schema STRING = Schema.builder().type("STRING").build();

    @Override
    public boolean asksForThoughts() {
        return true;
    }

    private List<Part> ask(String model, List<Content> contents, GenerateContentConfig config, boolean streamed) {
        if (!streamed) {
            return parts(client.models.generateContent(model, contents, config)).toList();
        }
        List<Part> parts = new ArrayList<>();
        try (ResponseStream<GenerateContentResponse> stream =
                client.models.generateContentStream(model, contents, config)) {
            stream.forEach(piece -> parts(piece).forEach(parts::add));
        }
        return parts;
    }

    private static Stream<Part> parts(GenerateContentResponse response) {
        return response.candidates().orElse(List.of()).stream()
                .flatMap(candidate -> candidate.content().stream())
                .flatMap(content -> content.parts().orElse(List.of()).stream());
    }

    private static String text(List<Part> parts, boolean thought) {
        return parts.stream()
                .filter(part -> part.thought().orElse(false) == thought)
                .flatMap(part -> part.text().stream())
                .collect(Collectors.joining());
    }

    private static Content user(Part... parts) {
        return Content.builder().role("user").parts(parts).build();
    }

    private static GenerateContentConfig.Builder config() {
        return GenerateContentConfig.builder();
    }

    @Override
    public String talk(String model, String question, boolean streamed) {
        return text(ask(model, List.of(user(Part.fromText(question))), config().build(), streamed), false);
    }

    @Override
    public String callTools(String model, String question, boolean streamed, UnaryOperator<String> weather) {
        Schema city = Schema.builder()
                .type("OBJECT")
                .properties(Map.of("city", STRING))
                .build();
        GenerateContentConfig config = config().tools(Tool.builder()
                        .functionDeclarations(FunctionDeclaration.builder()
                                .name(TOOL)
                                .parameters(city)
                                .build()))
                .build();
        List<Content> conversation = new ArrayList<>(List.of(user(Part.fromText(question))));
        while (true) {
            List<Part> said = ask(model, conversation, config, streamed);
            List<FunctionCall> calls =
                    said.stream().flatMap(part -> part.functionCall().stream()).toList();
            if (calls.isEmpty()) {
                return text(said, false);
            }
            conversation.add(Content.builder().role("model").parts(said).build());
            conversation.add(
                    user(calls.stream().map(call -> result(call, weather)).toArray(Part[]::new)));
        }
    }

    private static Part result(FunctionCall call, UnaryOperator<String> weather) {
        String city = (String) call.args().orElseThrow().get("city");
        FunctionResponse.Builder result =
                FunctionResponse.builder().name(TOOL).response(Map.of("output", weather.apply(city)));
        call.id().ifPresent(result::id);
        return Part.builder().functionResponse(result).build();
    }

    @Override
    public Place structure(String model, String question) {
        GenerateContentConfig config = config().responseMimeType("application/json")
                .responseSchema(Schema.builder()
                        .type("OBJECT")
                        .properties(Map.of(
                                "city",
                                STRING,
                                "degrees",
                                Schema.builder().type("INTEGER").build()))
                        .required("city", "degrees"))
                .build();
        List<Part> said = ask(model, List.of(user(Part.fromText(question))), config, false);
        return LangChainSdk.read(text(said, false), Place.class);
    }

    @Override
    public String look(String model, String question) {
        Content message = user(Part.fromText(question), Part.fromBytes(PNG, "image/png"));
        return text(ask(model, List.of(message), config().build(), false), false);
    }

    @Override
    public Thinking think(String model, String question, boolean streamed) {
        GenerateContentConfig config = config().thinkingConfig(
                        ThinkingConfig.builder().includeThoughts(true).thinkingBudget(2048))
                .build();
        List<Part> said = ask(model, List.of(user(Part.fromText(question))), config, streamed);
        return new Thinking(text(said, false), text(said, true));
    }
}
