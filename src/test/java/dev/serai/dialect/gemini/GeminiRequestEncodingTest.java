package dev.serai.dialect.gemini;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.serai.conversation.CacheMark;
import dev.serai.conversation.CacheSettings;
import dev.serai.conversation.ChatRequest;
import dev.serai.conversation.ChatRequestBuilder;
import dev.serai.conversation.Content;
import dev.serai.conversation.Delivery;
import dev.serai.conversation.Effort;
import dev.serai.conversation.Extra;
import dev.serai.conversation.Labels;
import dev.serai.conversation.Limits;
import dev.serai.conversation.Message;
import dev.serai.conversation.Output;
import dev.serai.conversation.OutputFormat;
import dev.serai.conversation.RawJson;
import dev.serai.conversation.Reasoning;
import dev.serai.conversation.Role;
import dev.serai.conversation.Sampling;
import dev.serai.conversation.ServiceTier;
import dev.serai.conversation.Signature;
import dev.serai.conversation.Source;
import dev.serai.conversation.Tool;
import dev.serai.conversation.ToolChoice;
import dev.serai.dialect.CodecException;
import dev.serai.dialect.Encoded;
import dev.serai.dialect.EncodingTarget;
import dev.serai.dialect.ThinkingControl;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a provider that speaks Gemini is sent, byte for byte, and what is named as left out. */
class GeminiRequestEncodingTest {
    private static final String NEW = "gemini-3-flash-preview";
    private static final RawJson CITY = new RawJson(
            "{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"}},\"required\":[\"city\"]}");

    private static ChatRequestBuilder ask() {
        return ChatRequest.builder("m").add(Role.USER, "hi");
    }

    private static final String HI = "\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"hi\"}]}]";

    private static Message said(Role role, Content... contents) {
        return new Message(role, List.of(contents));
    }

    static Stream<Arguments> requests() {
        return Stream.of(
                Arguments.of("one question", ask(), "{" + HI + "}", ""),
                Arguments.of(
                        "instructions of two kinds, at the beginning",
                        ChatRequest.builder("m")
                                .add(Role.SYSTEM, "a")
                                .add(Role.DEVELOPER, "b")
                                .add(Role.USER, "hi"),
                        "{\"systemInstruction\":{\"parts\":[{\"text\":\"a\"},{\"text\":\"b\"}]}," + HI + "}",
                        ""),
                Arguments.of(
                        "an instruction in the middle",
                        ask().add(Role.SYSTEM, "a").add(Role.USER, "ho"),
                        "{\"systemInstruction\":{\"parts\":[{\"text\":\"a\"}]},\"contents\":[{\"role\":\"user\",\"parts\":"
                                + "[{\"text\":\"hi\"},{\"text\":\"ho\"}]}]}",
                        "system_position"),
                Arguments.of(
                        "nothing but an instruction",
                        ChatRequest.builder("m").add(Role.SYSTEM, "a"),
                        "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"a\"}]}]}",
                        "system_position"),
                Arguments.of(
                        "neighbours of one role, with names",
                        ChatRequest.builder("m")
                                .add(new Message(Role.USER, List.of(new Content.Text("a")), "Ann"))
                                .add(new Message(Role.USER, List.of(new Content.Text("b")), "Bob")),
                        "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"a\"},{\"text\":\"b\"}]}]}",
                        "participant_name"),
                Arguments.of(
                        "an empty text beside another, and a turn of nothing but one",
                        ask().add(said(Role.ASSISTANT, new Content.Text("")))
                                .add(said(Role.USER, new Content.Text(""), new Content.Text("x"))),
                        "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"hi\"}]},{\"role\":\"model\",\"parts\":"
                                + "[{\"text\":\"\"}]},{\"role\":\"user\",\"parts\":[{\"text\":\"x\"}]}]}",
                        ""),
                Arguments.of(
                        "images by their bytes, by URL, and uploaded elsewhere",
                        ChatRequest.builder("m")
                                .add(said(
                                        Role.USER,
                                        new Content.Image(new Source.Base64(null, "QQ==")),
                                        new Content.Image(new Source.Url("https://a.example/p.webp?x=1.png", null)),
                                        new Content.Image(new Source.Url("https://a.example/p", null)),
                                        new Content.Image(new Source.FileId("openai-chat", "file-1")))),
                        "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"inlineData\":{\"mimeType\":\"image/png\",\"data\":\"QQ==\"}},"
                                + "{\"fileData\":{\"mimeType\":\"image/webp\",\"fileUri\":\"https://a.example/p.webp?x=1.png\"}},"
                                + "{\"fileData\":{\"mimeType\":\"image/jpeg\",\"fileUri\":\"https://a.example/p\"}}]}]}",
                        "file_id"),
                Arguments.of(
                        "documents: bytes with a title, plain text, parts; sound",
                        ChatRequest.builder("m")
                                .add(said(
                                        Role.USER,
                                        new Content.Document(
                                                new Source.Base64("application/pdf", "QQ=="), "t", null, true, null),
                                        new Content.Document(new Source.PlainText("words")),
                                        new Content.Document(new Source.Parts(List.of(new Content.Text("p")))),
                                        new Content.Audio(new Source.Base64("audio/wav", "QQ==")))),
                        "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"inlineData\":{\"mimeType\":\"application/pdf\",\"data\":\"QQ==\"}},"
                                + "{\"text\":\"words\"},{\"text\":\"p\"},{\"inlineData\":{\"mimeType\":\"audio/wav\",\"data\":\"QQ==\"}}]}]}",
                        "document_context citations"),
                Arguments.of(
                        "calls and their results, with text, error, object and none",
                        ask().add(said(
                                        Role.ASSISTANT,
                                        new Content.ToolCall("a", "f", "{\"x\":1}"),
                                        new Content.ToolCall("b", "g", ""),
                                        new Content.ToolCall("c", "g", Tool.Kind.CUSTOM, "raw", null, null),
                                        new Content.ToolCall("d", "g", "{\"cut")))
                                .add(said(
                                        Role.USER,
                                        new Content.ToolResult("a", "plain"),
                                        new Content.ToolResult("b", null, List.of(new Content.Text("bad")), true, null),
                                        new Content.ToolResult("c", "{\"n\":1}"),
                                        new Content.ToolResult("d", null, List.of(), false, null),
                                        new Content.ToolResult("e", "{\"$ref\":\"#/x\"}"))),
                        "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"hi\"}]},{\"role\":\"model\",\"parts\":["
                                + "{\"functionCall\":{\"id\":\"a\",\"name\":\"f\",\"args\":{\"x\":1}}},"
                                + "{\"functionCall\":{\"id\":\"b\",\"name\":\"g\"}},"
                                + "{\"functionCall\":{\"id\":\"c\",\"name\":\"g\",\"args\":{\"input\":\"raw\"}}},"
                                + "{\"functionCall\":{\"id\":\"d\",\"name\":\"g\",\"args\":{\"_unreadable_arguments\":\"{\\\"cut\"}}}]},"
                                + "{\"role\":\"user\",\"parts\":["
                                + "{\"functionResponse\":{\"id\":\"a\",\"name\":\"f\",\"response\":{\"output\":\"plain\"}}},"
                                + "{\"functionResponse\":{\"id\":\"b\",\"name\":\"g\",\"response\":{\"error\":\"bad\"}}},"
                                + "{\"functionResponse\":{\"id\":\"c\",\"name\":\"g\",\"response\":{\"n\":1}}},"
                                + "{\"functionResponse\":{\"id\":\"d\",\"name\":\"g\",\"response\":{}}},"
                                + "{\"functionResponse\":{\"id\":\"e\",\"name\":\"e\",\"response\":{\"output\":\"{\\\"$ref\\\":\\\"#/x\\\"}\"}}}]}]}",
                        ""),
                Arguments.of(
                        "results of calls that had no id, in the order of the calls",
                        ask().add(said(
                                        Role.ASSISTANT,
                                        new Content.ToolCall("gemini-call-0", "f", "{}"),
                                        new Content.ToolCall("gemini-call-1", "f", "{}")))
                                .add(said(
                                        Role.USER,
                                        new Content.ToolResult("gemini-call-1", "two"),
                                        new Content.ToolResult("gemini-call-0", "one"))),
                        "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"hi\"}]},{\"role\":\"model\",\"parts\":["
                                + "{\"functionCall\":{\"name\":\"f\",\"args\":{}}},{\"functionCall\":{\"name\":\"f\",\"args\":{}}}]},"
                                + "{\"role\":\"user\",\"parts\":["
                                + "{\"functionResponse\":{\"name\":\"f\",\"response\":{\"output\":\"one\"}}},"
                                + "{\"functionResponse\":{\"name\":\"f\",\"response\":{\"output\":\"two\"}}}]}]}",
                        ""),
                Arguments.of(
                        "thinking: signed by this model, by another, by nobody; hidden; an empty one",
                        ask().add(said(
                                Role.ASSISTANT,
                                new Content.Thinking("own", new Signature("c2ln", "gemini", Wire.MODEL)),
                                new Content.Thinking("other", new Signature("c2ln", "anthropic-messages", "claude")),
                                new Content.Thinking("", new Signature("c2ln", "gemini", "gemini-3-pro")),
                                new Content.RedactedThinking(new Signature("eA==", "anthropic-messages", null)),
                                new Content.Thinking("nobody", null))),
                        "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"hi\"}]},{\"role\":\"model\",\"parts\":["
                                + "{\"text\":\"own\",\"thought\":true,\"thoughtSignature\":\"c2ln\"},"
                                + "{\"text\":\"other\",\"thought\":true},{\"text\":\"nobody\",\"thought\":true}]}]}",
                        "thinking_signature"),
                Arguments.of(
                        "what only one dialect knows, its own and another's",
                        ask().add(said(
                                Role.ASSISTANT,
                                new Content.Opaque("gemini", "toolCall", new RawJson("{\"toolCall\":{\"id\":\"1\"}}")),
                                new Content.Opaque("anthropic-messages", "server_tool_use", RawJson.EMPTY_OBJECT),
                                new Content.Refusal("no"))),
                        "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"hi\"}]},{\"role\":\"model\",\"parts\":["
                                + "{\"toolCall\":{\"id\":\"1\"}},{\"text\":\"no\"}]}]}",
                        "server_tool_use"),
                Arguments.of(
                        "tools of every kind, one of them chosen",
                        ask().add(new Tool.Function("f", "d", CITY, true, null, CacheMark.ONE_HOUR))
                                .add(new Tool.Function("9 lives", null, null))
                                .add(new Tool.Custom("c", null, new RawJson("{\"type\":\"grammar\"}")))
                                .add(new Tool.BuiltIn("gemini", "googleSearch", new RawJson("{\"googleSearch\":{}}")))
                                .add(new Tool.BuiltIn("openai-responses", "web_search", RawJson.EMPTY_OBJECT))
                                .toolChoice(new ToolChoice.Named("9 lives"))
                                .parallelToolCalls(false),
                        "{" + HI
                                + ",\"tools\":[{\"functionDeclarations\":[{\"name\":\"f\",\"description\":\"d\",\"parametersJsonSchema\":"
                                + CITY.text()
                                + "},{\"name\":\"_serai.9.20lives\"},{\"name\":\"c\",\"parametersJsonSchema\":{\"type\":\"object\","
                                + "\"properties\":{\"input\":{\"type\":\"string\"}},\"required\":[\"input\"],\"additionalProperties\":false}}]},"
                                + "{\"googleSearch\":{}}],\"toolConfig\":{\"functionCallingConfig\":{\"mode\":\"ANY\","
                                + "\"allowedFunctionNames\":[\"_serai.9.20lives\"]}}}",
                        "cache_control strict custom_tool_format web_search parallel_tool_calls"),
                Arguments.of(
                        "a choice without functions",
                        ask().toolChoice(new ToolChoice.Required()),
                        "{" + HI + "}",
                        "tool_choice"),
                Arguments.of(
                        "every setting",
                        ask().sampling(new Sampling(0.5, 1.0, 40L, 0.25, 0.5, 7L, Map.of("1", 2.0)))
                                .limits(new Limits(100L, List.of("a", "b", "c", "d", "e", "f"), 2))
                                .output(new Output(
                                        new OutputFormat.JsonSchema("n", "what it is", CITY, true),
                                        Output.Verbosity.LOW,
                                        List.of(Output.Modality.AUDIO),
                                        new Output.Speech("Kore", "wav"),
                                        true,
                                        2)),
                        "{" + HI
                                + ",\"generationConfig\":{\"temperature\":0.5,\"topP\":1,\"topK\":40,\"frequencyPenalty\":0.25,"
                                + "\"presencePenalty\":0.5,\"seed\":7,\"maxOutputTokens\":100,\"candidateCount\":2,"
                                + "\"stopSequences\":[\"a\",\"b\",\"c\",\"d\",\"e\"],\"responseMimeType\":\"application/json\","
                                + "\"responseJsonSchema\":{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"}},"
                                + "\"required\":[\"city\"],\"description\":\"what it is\"},\"responseModalities\":[\"AUDIO\"],"
                                + "\"speechConfig\":{\"voiceConfig\":{\"prebuiltVoiceConfig\":{\"voiceName\":\"Kore\"}}},"
                                + "\"responseLogprobs\":true,\"logprobs\":2}}",
                        "logit_bias stop audio_output verbosity"),
                Arguments.of(
                        "a form of the answer beside functions, which older models refuse",
                        ask().add(new Tool.Function("f", null, null)).output(Output.of(new OutputFormat.JsonObject())),
                        "{" + HI + ",\"tools\":[{\"functionDeclarations\":[{\"name\":\"f\"}]}]}",
                        "response_format"),
                Arguments.of(
                        "who asks, how it is kept and cached, and an extra of each side",
                        ask().labels(new Labels("u", "s", Map.of("team", "a")))
                                .delivery(new Delivery(true, true, ServiceTier.SCALE, true, null))
                                .cache(new CacheSettings("k", "24h", CacheMark.ONE_HOUR, "cachedContents/1"))
                                .add(new Extra("gemini", "safetySettings", new RawJson("[]")))
                                .add(new Extra("openai-chat", "prediction", RawJson.EMPTY_OBJECT)),
                        "{" + HI
                                + ",\"labels\":{\"team\":\"a\"},\"cachedContent\":\"cachedContents/1\",\"safetySettings\":[]}",
                        "store service_tier user safety_identifier prompt_cache_key prompt_cache_retention cache_control prediction"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("requests")
    void a_request_is_written(String what, ChatRequestBuilder request, String json, String dropped) throws Exception {
        Encoded encoded = Wire.encode(request.build());
        assertThat(Wire.text(encoded)).isEqualTo(json);
        assertThat(String.join(" ", Wire.dropped(encoded))).isEqualTo(dropped);
    }

    @Test
    void a_new_model_is_told_that_calls_of_others_are_unsigned_and_takes_media_within_results() throws Exception {
        Content image = new Content.Image(new Source.Base64("image/png", "QQ=="), Content.Detail.HIGH, null, null);
        ChatRequest request = ask().add(said(
                        Role.ASSISTANT, new Content.ToolCall("a", "f", "{}"), new Content.ToolCall("b", "f", "{}")))
                .add(said(Role.USER, new Content.ToolResult("a", null, List.of(image), false, null)))
                .build();
        assertThat(Wire.text(Wire.encode(request, NEW)))
                .contains(
                        "{\"functionCall\":{\"id\":\"a\",\"name\":\"f\",\"args\":{}},\"thoughtSignature\":"
                                + "\"skip_thought_signature_validator\"},{\"functionCall\":{\"id\":\"b\",\"name\":\"f\",\"args\":{}}}",
                        "\"response\":{},\"parts\":[{\"inlineData\":{\"mimeType\":\"image/png\",\"data\":\"QQ==\"},"
                                + "\"mediaResolution\":{\"level\":\"MEDIA_RESOLUTION_HIGH\"}}]");
        assertThat(Wire.text(Wire.encode(request)))
                .contains("\"response\":{}}},{\"inlineData\":{\"mimeType\":\"image/png\",\"data\":\"QQ==\"}}]")
                .doesNotContain("skip_thought");
        assertThat(Wire.dropped(Wire.encode(request))).containsExactly("image_detail");
    }

    static Stream<Arguments> thinking() {
        Reasoning on = new Reasoning(Reasoning.Mode.ON, null, 2_000L, null, null);
        Reasoning off = new Reasoning(Reasoning.Mode.OFF, null, null, null, null);
        Reasoning adaptive = new Reasoning(Reasoning.Mode.ADAPTIVE, null, null, null, null);
        Reasoning shown = new Reasoning(null, Effort.LOW, null, Reasoning.Summary.DETAILED, null);
        return Stream.of(
                Arguments.of("gemini-2.5-flash", null, on, "{\"thinkingBudget\":2000,\"includeThoughts\":true}", ""),
                Arguments.of("gemini-2.5-flash", null, off, "{\"thinkingBudget\":0}", ""),
                Arguments.of("gemini-2.5-pro", null, off, "{\"thinkingBudget\":128}", "thinking"),
                Arguments.of(
                        "gemini-2.5-flash", null, adaptive, "{\"thinkingBudget\":-1,\"includeThoughts\":true}", ""),
                Arguments.of("gemini-2.5-flash", null, shown, "{\"thinkingBudget\":1024,\"includeThoughts\":true}", ""),
                Arguments.of(
                        "gemini-2.5-flash",
                        null,
                        Reasoning.of(Effort.MAX),
                        "{\"thinkingBudget\":24576}",
                        "thinking_budget"),
                Arguments.of(
                        "gemini-2.5-flash-lite", null, Reasoning.of(Effort.MINIMAL), "{\"thinkingBudget\":512}", ""),
                Arguments.of("models/my-tuned", null, Reasoning.of(Effort.HIGH), "{\"thinkingBudget\":24576}", ""),
                Arguments.of(NEW, null, on, "{\"thinkingLevel\":\"LOW\",\"includeThoughts\":true}", ""),
                Arguments.of(NEW, null, off, "{\"thinkingLevel\":\"MINIMAL\"}", "effort"),
                Arguments.of(NEW, null, adaptive, "{\"includeThoughts\":true}", ""),
                Arguments.of(
                        "gemini-pro-latest",
                        null,
                        Reasoning.of(Effort.XHIGH),
                        "{\"thinkingLevel\":\"HIGH\"}",
                        "effort"),
                Arguments.of(
                        "models/my-tuned",
                        ThinkingControl.EFFORT,
                        on,
                        "{\"thinkingLevel\":\"LOW\",\"includeThoughts\":true}",
                        ""),
                Arguments.of(NEW, ThinkingControl.BOTH, on, "{\"thinkingBudget\":2000,\"includeThoughts\":true}", ""));
    }

    @ParameterizedTest
    @MethodSource("thinking")
    void a_model_is_told_how_to_think_in_its_own_words(
            String model, @Nullable ThinkingControl control, Reasoning reasoning, String config, String dropped)
            throws Exception {
        ChatRequest request = ask().reasoning(reasoning).build();
        Encoded encoded = Wire.CODEC.encodeRequest(request, new EncodingTarget(model, null, control));
        assertThat(Wire.text(encoded))
                .isEqualTo("{" + HI + ",\"generationConfig\":{\"thinkingConfig\":" + config + "}}");
        assertThat(String.join(" ", Wire.dropped(encoded))).isEqualTo(dropped);
    }

    @Test
    void a_conversation_that_somebody_else_keeps_is_refused() {
        ChatRequest request =
                ask().delivery(new Delivery(false, null, null, null, "resp_1")).build();
        assertThatExceptionOfType(CodecException.class)
                .isThrownBy(() -> Wire.encode(request))
                .satisfies(e -> assertThat(e.path()).isEqualTo("previous_response_id"));
    }
}
