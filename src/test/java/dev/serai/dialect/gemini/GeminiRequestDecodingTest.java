package dev.serai.dialect.gemini;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.serai.conversation.ChatRequest;
import dev.serai.conversation.Content;
import dev.serai.conversation.Effort;
import dev.serai.conversation.Extra;
import dev.serai.conversation.Message;
import dev.serai.conversation.Output;
import dev.serai.conversation.OutputFormat;
import dev.serai.conversation.RawJson;
import dev.serai.conversation.Reasoning;
import dev.serai.conversation.Role;
import dev.serai.conversation.ServiceTier;
import dev.serai.conversation.Signature;
import dev.serai.conversation.Source;
import dev.serai.conversation.Tool;
import dev.serai.conversation.ToolChoice;
import dev.serai.dialect.CodecException;
import dev.serai.dialect.ForeignSignature;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a client of Gemini says, in neutral words. */
class GeminiRequestDecodingTest {
    private static Content user(String part) throws CodecException {
        return Wire.request("{\"contents\":[{\"parts\":[" + part + "]}]}")
                .messages()
                .get(0)
                .contents()
                .get(0);
    }

    private static Content model(String part) throws CodecException {
        return Wire.request("{\"contents\":[{\"role\":\"model\",\"parts\":[" + part + "]}]}")
                .messages()
                .get(0)
                .contents()
                .get(0);
    }

    static Stream<Arguments> parts() {
        Signature own = new Signature("c2ln", "gemini", null);
        return Stream.of(
                Arguments.of("{\"text\":\"Hi\"}", new Content.Text("Hi")),
                Arguments.of("{}", new Content.Text("")),
                Arguments.of(
                        "{\"text\":\"\",\"thoughtSignature\":\"c2ln\"}", new Content.Text("", List.of(), null, own)),
                Arguments.of("{\"thought_signature\":\"c2ln\"}", new Content.Text("", List.of(), null, own)),
                Arguments.of("{\"text\":\"Hm\",\"thought\":true}", new Content.Thinking("Hm", null)),
                Arguments.of(
                        "{\"text\":\"Hm\",\"thought\":true,\"thoughtSignature\":\"c2ln\"}",
                        new Content.Thinking("Hm", own)),
                Arguments.of("{\"thought\":true,\"thoughtSignature\":\"c2ln\"}", new Content.RedactedThinking(own)),
                Arguments.of(
                        "{\"inlineData\":{\"mimeType\":\"image/png\",\"data\":\"QUJD\"}}",
                        new Content.Image(new Source.Base64("image/png", "QUJD"))),
                Arguments.of(
                        "{\"inline_data\":{\"mime_type\":\"audio/wav\",\"data\":\"QUJD\"}}",
                        new Content.Audio(new Source.Base64("audio/wav", "QUJD"))),
                Arguments.of(
                        "{\"inlineData\":{\"mimeType\":\"application/pdf\",\"data\":\"QUJD\",\"displayName\":\"a.pdf\"}}",
                        new Content.Document(new Source.Base64("application/pdf", "QUJD"), "a.pdf", null, null, null)),
                Arguments.of(
                        "{\"fileData\":{\"mimeType\":\"video/mp4\",\"fileUri\":\"https://films.example/1\"}}",
                        new Content.Document(new Source.Url("https://films.example/1", "video/mp4"))),
                Arguments.of(
                        "{\"fileData\":{\"mimeType\":\"image/jpeg\",\"fileUri\":\"gs://a/b\"},"
                                + "\"mediaResolution\":{\"level\":\"MEDIA_RESOLUTION_HIGH\"}}",
                        new Content.Image(new Source.Url("gs://a/b", "image/jpeg"), Content.Detail.HIGH, null, null)),
                Arguments.of(
                        "{\"functionCall\":{\"id\":\"c1\",\"name\":\"f\",\"args\":{\"a\":1.50}},\"thoughtSignature\":\"c2ln\"}",
                        new Content.ToolCall("c1", "f", Tool.Kind.FUNCTION, "{\"a\":1.50}", null, own)),
                Arguments.of("{\"functionCall\":{\"name\":\"f\"}}", new Content.ToolCall("gemini-call-0", "f", "")),
                Arguments.of(
                        "{\"functionCall\":{\"name\":\"f\"},\"thoughtSignature\":\"skip_thought_signature_validator\"}",
                        new Content.ToolCall("gemini-call-0", "f", "")),
                Arguments.of(
                        "{\"executableCode\":{\"language\":\"PYTHON\",\"code\":\"1\"}}",
                        new Content.Opaque(
                                "gemini",
                                "executableCode",
                                new RawJson("{\"executableCode\":{\"language\":\"PYTHON\",\"code\":\"1\"}}"))));
    }

    @ParameterizedTest
    @MethodSource("parts")
    void a_part_is_one_content(String part, Content content) throws Exception {
        assertThat(model(part)).isEqualTo(content);
    }

    static Stream<Arguments> responses() {
        return Stream.of(
                Arguments.of("{\"output\":\"22 degrees\"}", "22 degrees", false),
                Arguments.of("{\"error\":\"no such city\"}", "no such city", true),
                Arguments.of("{\"error\":{\"code\":4}}", "{\"error\":{\"code\":4}}", true),
                Arguments.of("{\"degrees\":22}", "{\"degrees\":22}", false),
                Arguments.of("{\"output\":{\"degrees\":22}}", "{\"output\":{\"degrees\":22}}", false),
                Arguments.of("{\"output\":\"{\\\"a\\\":1}\"}", "{\"output\":\"{\\\"a\\\":1}\"}", false),
                Arguments.of("{\"error\":\"a\",\"output\":\"b\"}", "{\"error\":\"a\",\"output\":\"b\"}", false),
                Arguments.of("{}", null, false));
    }

    @ParameterizedTest
    @MethodSource("responses")
    void what_a_function_said_is_text(String response, @Nullable String text, boolean isError) throws Exception {
        List<Content> said = text == null ? List.of() : List.of(new Content.Text(text));
        assertThat(user("{\"functionResponse\":{\"id\":\"c1\",\"name\":\"f\",\"response\":" + response + "}}"))
                .isEqualTo(new Content.ToolResult("c1", "f", said, isError, null));
    }

    @Test
    void results_without_ids_find_their_calls_by_name_and_order() throws Exception {
        ChatRequest request = Wire.request("""
                {"contents":[
                 {"role":"model","parts":[{"functionCall":{"name":"f"}},{"functionCall":{"name":"g"}},{"functionCall":{"name":"f"}}]},
                 {"role":"function","parts":[{"functionResponse":{"name":"f","response":{"output":"1"}}},
                  {"functionResponse":{"name":"f","response":{"output":"2"}}},
                  {"functionResponse":{"name":"g","response":{"output":"3"}}}]},
                 {"role":"model","parts":[{"functionCall":{"name":"f"}}]},
                 {"role":"user","parts":[{"functionResponse":{"name":"f","response":{"output":"4"}}}]}]}""");
        List<String> results = request.messages().stream()
                .flatMap(message -> message.contents().stream())
                .filter(Content.ToolResult.class::isInstance)
                .map(content -> ((Content.ToolResult) content).callId())
                .toList();
        assertThat(request.messages())
                .extracting(Message::role)
                .containsExactly(Role.ASSISTANT, Role.USER, Role.ASSISTANT, Role.USER);
        assertThat(results).containsExactly("gemini-call-0", "gemini-call-2", "gemini-call-1", "gemini-call-3");
    }

    @Test
    void a_signature_that_another_dialects_model_made_is_known_as_its_own() throws Exception {
        Signature claude = new Signature("abc", "anthropic-messages", "claude-x");
        String envelope = ForeignSignature.write(claude, "gemini");
        assertThat(model("{\"text\":\"Hm\",\"thought\":true,\"thoughtSignature\":\"" + envelope + "\"}"))
                .isEqualTo(new Content.Thinking("Hm", claude));
    }

    @Test
    void instructions_stand_before_everything() throws Exception {
        for (String instruction : List.of("{\"role\":\"user\",\"parts\":[{\"text\":\"Be brief\"}]}", "\"Be brief\"")) {
            ChatRequest request = Wire.request(
                    "{\"system_instruction\":" + instruction + ",\"contents\":[{\"parts\":[{\"text\":\"hi\"}]}]}");
            assertThat(request.messages())
                    .containsExactly(Message.of(Role.SYSTEM, "Be brief"), Message.of(Role.USER, "hi"));
            assertThat(request.extras()).isEmpty();
        }
    }

    @Test
    void settings_are_read_in_either_spelling() throws Exception {
        ChatRequest request = Wire.requestWith("""
                "generation_config":{"temperature":0.5,"top_p":1,"topK":"40","candidateCount":2,"max_output_tokens":"100",
                 "stopSequences":["a","b"],"seed":7,"presencePenalty":0.1,"frequency_penalty":0.2,
                 "responseLogprobs":true,"logprobs":3,"responseModalities":["TEXT","AUDIO"],
                 "speechConfig":{"voiceConfig":{"prebuiltVoiceConfig":{"voiceName":"Kore"}}}}""");
        assertThat(request.sampling().temperature()).isEqualTo(0.5);
        assertThat(request.sampling().topP()).isEqualTo(1.0);
        assertThat(request.sampling().topK()).isEqualTo(40);
        assertThat(request.sampling().seed()).isEqualTo(7);
        assertThat(request.sampling().frequencyPenalty()).isEqualTo(0.2);
        assertThat(request.limits().maxOutputTokens()).isEqualTo(100);
        assertThat(request.limits().stopSequences()).containsExactly("a", "b");
        assertThat(request.limits().choices()).isEqualTo(2);
        assertThat(request.output().topLogprobs()).isEqualTo(3);
        assertThat(request.output().modalities()).containsExactly(Output.Modality.TEXT, Output.Modality.AUDIO);
        assertThat(request.output().audio()).isEqualTo(new Output.Speech("Kore", null));
        assertThat(request.extras()).isEmpty();
    }

    static Stream<Arguments> formats() {
        RawJson schema = new RawJson("{\"type\":\"object\",\"properties\":{\"n\":{\"type\":[\"integer\",\"null\"]}}}");
        return Stream.of(
                Arguments.of("\"responseMimeType\":\"text/plain\"", new OutputFormat.PlainText()),
                Arguments.of("\"responseMimeType\":\"application/json\"", new OutputFormat.JsonObject()),
                Arguments.of(
                        "\"responseMimeType\":\"application/json\",\"responseSchema\":{\"type\":\"OBJECT\",\"properties\":"
                                + "{\"n\":{\"type\":\"INTEGER\",\"nullable\":true}}}",
                        new OutputFormat.JsonSchema(null, null, schema, null)),
                Arguments.of(
                        "\"responseMimeType\":\"application/json\",\"response_json_schema\":" + schema.text(),
                        new OutputFormat.JsonSchema(null, null, schema, null)));
    }

    @ParameterizedTest
    @MethodSource("formats")
    void the_form_of_the_answer_is_read(String config, OutputFormat format) throws Exception {
        assertThat(Wire.requestWith("\"generationConfig\":{" + config + "}")
                        .output()
                        .format())
                .isEqualTo(format);
    }

    static Stream<Arguments> thinking() {
        return Stream.of(
                Arguments.of("{\"thinkingBudget\":0}", new Reasoning(Reasoning.Mode.OFF, null, null, null, null)),
                Arguments.of(
                        "{\"thinkingBudget\":-1}",
                        new Reasoning(Reasoning.Mode.ADAPTIVE, null, null, Reasoning.Summary.HIDDEN, null)),
                Arguments.of(
                        "{\"thinking_budget\":2048,\"include_thoughts\":true}",
                        new Reasoning(Reasoning.Mode.ON, null, 2048L, Reasoning.Summary.AUTO, null)),
                Arguments.of("{\"thinkingLevel\":\"LOW\"}", Reasoning.of(Effort.LOW)),
                Arguments.of(
                        "{\"thinkingLevel\":\"high\",\"includeThoughts\":false}",
                        new Reasoning(null, Effort.HIGH, null, Reasoning.Summary.HIDDEN, null)));
    }

    @ParameterizedTest
    @MethodSource("thinking")
    void thinking_is_read(String config, Reasoning reasoning) throws Exception {
        assertThat(Wire.requestWith("\"generationConfig\":{\"thinkingConfig\":" + config + "}")
                        .reasoning())
                .isEqualTo(reasoning);
    }

    static Stream<Arguments> choices() {
        return Stream.of(
                Arguments.of("{\"mode\":\"AUTO\"}", new ToolChoice.Auto()),
                Arguments.of("{\"mode\":\"NONE\"}", new ToolChoice.None()),
                Arguments.of("{\"mode\":\"ANY\"}", new ToolChoice.Required()),
                Arguments.of("{\"mode\":\"ANY\",\"allowedFunctionNames\":[\"f\"]}", new ToolChoice.Named("f")),
                Arguments.of(
                        "{\"mode\":\"ANY\",\"allowed_function_names\":[\"f\",\"g\"]}",
                        new ToolChoice.Allowed(List.of("f", "g"), true)),
                Arguments.of(
                        "{\"mode\":\"VALIDATED\",\"allowedFunctionNames\":[\"f\"]}",
                        new ToolChoice.Allowed(List.of("f"), false)),
                Arguments.of("{\"mode\":\"VALIDATED\"}", new ToolChoice.Auto()));
    }

    @ParameterizedTest
    @MethodSource("choices")
    void the_choice_of_tools_is_read(String config, ToolChoice choice) throws Exception {
        assertThat(Wire.requestWith("\"toolConfig\":{\"functionCallingConfig\":" + config + "}")
                        .toolChoice())
                .isEqualTo(choice);
    }

    @Test
    void functions_and_built_in_tools_are_told_apart() throws Exception {
        ChatRequest request = Wire.requestWith("""
                "tools":[{"functionDeclarations":[{"name":"f","description":"d","parameters":{"type":"OBJECT"}},
                 {"name":"g","parametersJsonSchema":{"type":"object"}},{"name":"h"}],"googleSearch":{}},{"urlContext":{}}]""");
        assertThat(request.tools())
                .containsExactly(
                        new Tool.Function("f", "d", new RawJson("{\"type\":\"object\"}")),
                        new Tool.Function("g", null, new RawJson("{\"type\":\"object\"}")),
                        new Tool.Function("h", null, null),
                        new Tool.BuiltIn("gemini", "googleSearch", new RawJson("{\"googleSearch\":{}}")),
                        new Tool.BuiltIn("gemini", "urlContext", new RawJson("{\"urlContext\":{}}")));
    }

    @Test
    void what_has_no_place_is_kept_with_the_place_it_had() throws Exception {
        ChatRequest request = Wire.request("""
                {"contents":[{"parts":[{"fileData":{"fileUri":"u","mimeType":"video/mp4"},"videoMetadata":{"fps":2}}]}],
                 "safetySettings":[],"toolConfig":{"includeServerSideToolInvocations":true},
                 "generationConfig":{"mediaResolution":"MEDIA_RESOLUTION_LOW","imageConfig":{"aspectRatio":"1:1"}},
                 "tools":[{"functionDeclarations":[{"name":"f","behavior":"BLOCKING"}]}],"nothing":null}""");
        assertThat(request.extras())
                .extracting(Extra::name)
                .containsExactly(
                        "contents[0].parts[0].videoMetadata",
                        "generationConfig.mediaResolution",
                        "generationConfig.imageConfig",
                        "tools[0].functionDeclarations[0].behavior",
                        "toolConfig.includeServerSideToolInvocations",
                        "safetySettings");
    }

    @Test
    void the_rest_of_the_body_is_read() throws Exception {
        ChatRequest request = Wire.requestWith(
                "\"cachedContent\":\"cachedContents/1\",\"serviceTier\":\"flex\",\"labels\":{\"team\":\"a\"}");
        assertThat(request.cache().content()).isEqualTo("cachedContents/1");
        assertThat(request.delivery().serviceTier()).isEqualTo(ServiceTier.FLEX);
        assertThat(request.labels().metadata()).containsEntry("team", "a");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                                              | contents",
                "{\"contents\":7}                                                | contents",
                "{\"contents\":[7]}                                              | contents[0]",
                "{\"contents\":[{\"role\":\"assistant\",\"parts\":[]}]}          | contents[0].role",
                "{\"contents\":[{\"parts\":[{\"text\":7}]}]}                     | contents[0].parts[0].text",
                "{\"contents\":[{\"parts\":[{\"functionCall\":{}}]}]}            | contents[0].parts[0].functionCall.name",
                "{\"contents\":[{\"parts\":[{\"functionCall\":{\"name\":\"f\",\"args\":[]}}]}]} | contents[0].parts[0].functionCall.args",
                "{\"contents\":[],\"systemInstruction\":7}                       | systemInstruction",
                "{\"contents\":[],\"tools\":[{\"functionDeclarations\":[{}]}]}   | tools[0].functionDeclarations[0].name",
                "{\"contents\":[],\"generationConfig\":{\"temperature\":\"hot\"}}| generationConfig.temperature",
                "{\"contents\":[],\"generationConfig\":{\"topK\":1.5}}           | generationConfig.topK",
                "{\"contents\":[],\"generationConfig\":{\"stopSequences\":[1]}}  | generationConfig.stopSequences",
                "{\"contents\":[],\"generationConfig\":{\"thinkingConfig\":{\"thinkingBudget\":-2}}} | generationConfig.thinkingConfig.thinkingBudget",
                "{\"contents\":[],\"labels\":{\"a\":1}}                          | labels.a"
            })
    void what_is_wrong_is_told_with_its_place(String body, String path) {
        assertThatExceptionOfType(CodecException.class)
                .isThrownBy(() -> Wire.request(body))
                .satisfies(e -> assertThat(e.path()).isEqualTo(path));
    }
}
