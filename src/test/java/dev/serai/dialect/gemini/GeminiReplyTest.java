package dev.serai.dialect.gemini;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.serai.conversation.ChatReply;
import dev.serai.conversation.Choice;
import dev.serai.conversation.Citation;
import dev.serai.conversation.Content;
import dev.serai.conversation.Extra;
import dev.serai.conversation.FinishReason;
import dev.serai.conversation.Logprobs;
import dev.serai.conversation.RawJson;
import dev.serai.conversation.ServiceTier;
import dev.serai.conversation.Signature;
import dev.serai.conversation.Source;
import dev.serai.conversation.Tool;
import dev.serai.conversation.Usage;
import dev.serai.dialect.CodecException;
import dev.serai.dialect.Encoded;
import dev.serai.dialect.ReplySource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Complete replies, both ways. */
class GeminiReplyTest {
    private static ChatReply ofParts(String parts, String members) throws CodecException {
        return Wire.reply("{\"candidates\":[{\"content\":{\"parts\":[" + parts
                + "],\"role\":\"model\"},\"finishReason\":\"STOP\"" + members + "}],\"responseId\":\"r-1\"}");
    }

    private static ChatReply usage(String usage, ReplySource source) throws CodecException {
        String json = "{\"candidates\":[{\"finishReason\":\"STOP\"}],\"usageMetadata\":" + usage + "}";
        return Wire.CODEC.decodeReply(json.getBytes(java.nio.charset.StandardCharsets.UTF_8), source);
    }

    @Test
    void a_reply_is_read() throws Exception {
        ChatReply reply = Wire.reply("""
                {"candidates":[{"content":{"parts":[{"text":"Hm","thought":true},{"text":"Hi","thoughtSignature":"c2ln"}],
                 "role":"model"},"finishReason":"STOP","index":0,"safetyRatings":[],"avgLogprobs":-0.5}],
                 "modelVersion":"gemini-x","responseId":"r-1","createTime":"2026-02-17T04:28:08.913596Z",
                 "usageMetadata":{"promptTokenCount":10,"candidatesTokenCount":4,"thoughtsTokenCount":3,
                 "totalTokenCount":17,"serviceTier":"priority"}}""");
        assertThat(reply)
                .isEqualTo(new ChatReply(
                        "r-1",
                        "gemini-x",
                        1_771_302_488L,
                        List.of(new Choice(
                                0,
                                List.of(
                                        new Content.Thinking("Hm", null),
                                        new Content.Text(
                                                "Hi", List.of(), null, new Signature("c2ln", "gemini", Wire.MODEL))),
                                FinishReason.STOP)),
                        new Usage(10, 0, 0, 0, 0, 4, 3, 0),
                        ServiceTier.PRIORITY,
                        List.of(
                                new Extra("gemini", "candidates[0].safetyRatings", new RawJson("[]")),
                                new Extra("gemini", "candidates[0].avgLogprobs", new RawJson("-0.5")))));
    }

    static Stream<Arguments> usages() {
        return Stream.of(
                Arguments.of("{}", Usage.NONE),
                Arguments.of(
                        "{\"promptTokenCount\":100,\"cachedContentTokenCount\":60,\"candidatesTokenCount\":5}",
                        new Usage(40, 60, 0, 0, 0, 5, 0, 0)),
                Arguments.of(
                        "{\"promptTokenCount\":10,\"toolUsePromptTokenCount\":90,\"candidatesTokenCount\":5,\"thoughtsTokenCount\":7}",
                        new Usage(100, 0, 0, 0, 0, 5, 7, 0)),
                Arguments.of(
                        "{\"promptTokenCount\":100,\"promptTokensDetails\":[{\"modality\":\"TEXT\",\"tokenCount\":30},"
                                + "{\"modality\":\"AUDIO\",\"tokenCount\":70}],\"cachedContentTokenCount\":50,"
                                + "\"cacheTokensDetails\":[{\"modality\":\"AUDIO\",\"tokenCount\":50}],\"candidatesTokenCount\":9,"
                                + "\"candidatesTokensDetails\":[{\"modality\":\"AUDIO\",\"tokenCount\":9}]}",
                        new Usage(30, 50, 0, 0, 20, 0, 0, 9)),
                Arguments.of(
                        "{\"promptTokenCount\":5,\"cachedContentTokenCount\":9}", new Usage(0, 5, 0, 0, 0, 0, 0, 0)),
                Arguments.of("{\"promptTokenCount\":-5,\"candidatesTokenCount\":1e3}", Usage.NONE),
                Arguments.of("null", Usage.NONE));
    }

    @ParameterizedTest
    @MethodSource("usages")
    void usage_is_told_in_kinds_that_do_not_overlap(String stated, Usage usage) throws Exception {
        assertThat(usage(stated, Wire.SOURCE).usage()).isEqualTo(usage);
    }

    @Test
    void a_provider_may_count_otherwise() throws Exception {
        String stated =
                "{\"promptTokenCount\":10,\"cachedContentTokenCount\":60,\"candidatesTokenCount\":5,\"thoughtsTokenCount\":3}";
        assertThat(usage(stated, Wire.counting(false, true)).usage()).isEqualTo(new Usage(10, 60, 0, 0, 0, 2, 3, 0));
    }

    @ParameterizedTest
    @CsvSource({
        "STOP, STOP",
        "MAX_TOKENS, MAX_TOKENS",
        "SAFETY, CONTENT_FILTER",
        "RECITATION, CONTENT_FILTER",
        "BLOCKLIST, CONTENT_FILTER",
        "PROHIBITED_CONTENT, CONTENT_FILTER",
        "SPII, CONTENT_FILTER",
        "MODEL_ARMOR, CONTENT_FILTER",
        "IMAGE_SAFETY, CONTENT_FILTER",
        "IMAGE_PROHIBITED_CONTENT, CONTENT_FILTER",
        "IMAGE_RECITATION, CONTENT_FILTER",
        "MALFORMED_FUNCTION_CALL, MALFORMED_TOOL_CALL",
        "UNEXPECTED_TOOL_CALL, MALFORMED_TOOL_CALL",
        "LANGUAGE, OTHER",
        "OTHER, OTHER",
        "NO_IMAGE, OTHER",
        "IMAGE_OTHER, OTHER",
        "TOO_MANY_TOOL_CALLS, OTHER",
        "FINISH_REASON_UNSPECIFIED, OTHER",
        "SOMETHING_NEW, OTHER"
    })
    void every_finish_reason_has_a_meaning_and_comes_back_as_it_was(String word, FinishReason reason) throws Exception {
        ChatReply reply = Wire.reply("{\"candidates\":[{\"finishReason\":\"" + word + "\"}]}");
        assertThat(reply.choices().get(0).finishReason()).isEqualTo(reason);
        assertThat(Wire.tree(Wire.encode(reply))
                        .at("/candidates/0/finishReason")
                        .asText())
                .isEqualTo(word);
    }

    @ParameterizedTest
    @EnumSource
    void every_meaning_has_a_finish_reason(FinishReason reason) {
        String word = FinishReasons.encode(reason);
        FinishReason again = FinishReasons.decode(word, reason == FinishReason.TOOL_CALLS);
        FinishReason expected =
                switch (reason) {
                    case STOP_SEQUENCE, PAUSED -> FinishReason.STOP;
                    case CONTEXT_FULL -> FinishReason.MAX_TOKENS;
                    case REFUSAL -> FinishReason.CONTENT_FILTER;
                    default -> reason;
                };
        assertThat(again).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"'\"STOP\"', TOOL_CALLS", "null, TOOL_CALLS", "'\"MAX_TOKENS\"', MAX_TOKENS"})
    void a_call_is_never_a_plain_stop(String word, FinishReason reason) throws Exception {
        ChatReply reply = Wire.reply("{\"candidates\":[{\"content\":{\"parts\":[{\"functionCall\":{\"name\":\"f\"}}]},"
                + "\"finishReason\":" + word + "}],\"responseId\":\"r-1\"}");
        assertThat(reply.choices().get(0).finishReason()).isEqualTo(reason);
        assertThat(reply.choices().get(0).contents())
                .containsExactly(new Content.ToolCall("gemini-call-r-1-0", "f", ""));
    }

    @Test
    void a_prompt_that_was_blocked_is_an_answer_of_its_own() throws Exception {
        String json = "{\"promptFeedback\":{\"blockReason\":\"SAFETY\"},\"usageMetadata\":{\"promptTokenCount\":12}}";
        ChatReply reply = Wire.reply(json);
        assertThat(reply.choices()).containsExactly(new Choice(0, List.of(), FinishReason.CONTENT_FILTER));
        assertThat(reply.usage().input()).isEqualTo(12);
        assertThat(Wire.tree(Wire.encode(reply)).has("candidates")).isFalse();
        assertThat(Wire.tree(Wire.encode(reply))
                        .at("/promptFeedback/blockReason")
                        .asText())
                .isEqualTo("SAFETY");
    }

    @Test
    void several_candidates_stand_in_the_order_of_their_index() throws Exception {
        ChatReply reply = Wire.reply("""
                {"candidates":[{"content":{"parts":[{"text":"b"}]},"finishReason":"STOP","index":1},
                 {"content":{"parts":[{"text":"a"}]},"finishReason":"MAX_TOKENS","index":0}]}""");
        assertThat(reply.choices()).extracting(Choice::index).containsExactly(0, 1);
        assertThat(reply.choices())
                .extracting(Choice::finishReason)
                .containsExactly(FinishReason.MAX_TOKENS, FinishReason.STOP);
    }

    @Test
    void places_in_bytes_become_places_in_code_points_of_the_right_text() throws Exception {
        ChatReply reply = ofParts("{\"toolCall\":{\"id\":\"1\"}},{\"text\":\"Zürich ☕ is fine\"}", """
                ,"groundingMetadata":{"groundingChunks":[{"web":{"uri":"https://a.example","title":"A"}},
                 {"retrievedContext":{"title":"B","text":"words"}}],
                 "groundingSupports":[{"segment":{"startIndex":8,"endIndex":11,"text":"☕"},"groundingChunkIndices":[0,1]},
                 {"segment":{"text":""},"groundingChunkIndices":[0]},{"segment":{},"groundingChunkIndices":[7]}]}""");
        Citation.Range cup = new Citation.Range(7, 8);
        assertThat(((Content.Text) reply.choices().get(0).contents().get(1)).citations())
                .containsExactly(
                        new Citation.Web("https://a.example", "A", null, cup, null),
                        new Citation.OfDocument(null, null, "B", "words", null, null, cup),
                        new Citation.Web("https://a.example", "A", null, null, null));
        assertThat(reply.extras()).extracting(Extra::name).containsExactly("candidates[0].groundingMetadata");
    }

    @Test
    void older_citations_are_read() throws Exception {
        ChatReply reply = ofParts(
                "{\"text\":\"abc def\"}",
                ",\"citationMetadata\":{\"citationSources\":[{\"startIndex\":4,\"endIndex\":7,\"uri\":\"https://a.example\"}]}");
        assertThat(((Content.Text) reply.choices().get(0).contents().get(0)).citations())
                .containsExactly(new Citation.Web("https://a.example", null, null, new Citation.Range(4, 7), null));
    }

    @Test
    void log_probabilities_are_read() throws Exception {
        ChatReply reply = ofParts("{\"text\":\"Hi\"}", """
                ,"logprobsResult":{"chosenCandidates":[{"token":"Hi","tokenId":7,"logProbability":-0.25}],
                 "topCandidates":[{"candidates":[{"token":"Hi","logProbability":-0.25},{"token":"Ho","logProbability":-2}]}]}""");
        Logprobs.Candidate hi = new Logprobs.Candidate("Hi", -0.25, null);
        assertThat(reply.choices().get(0).logprobs())
                .isEqualTo(new Logprobs(
                        List.of(new Logprobs.Token(hi, List.of(hi, new Logprobs.Candidate("Ho", -2, null)))),
                        List.of()));
    }

    @Test
    void images_and_sound_are_read() throws Exception {
        ChatReply reply = ofParts(
                "{\"inlineData\":{\"mimeType\":\"image/png\",\"data\":\"QQ==\"},\"thoughtSignature\":\"c2ln\"},"
                        + "{\"inlineData\":{\"mimeType\":\"audio/L16;rate=24000\",\"data\":\"QQ==\"}},{\"text\":\"\"}",
                "");
        assertThat(reply.choices().get(0).contents())
                .containsExactly(
                        new Content.Image(
                                new Source.Base64("image/png", "QQ=="),
                                null,
                                null,
                                new Signature("c2ln", "gemini", Wire.MODEL)),
                        new Content.Audio(new Source.Base64("audio/L16;rate=24000", "QQ==")));
    }

    @Test
    void a_name_that_was_changed_for_google_is_changed_back() throws Exception {
        ChatReply reply = ofParts("{\"functionCall\":{\"name\":\"_serai.9.20lives\",\"id\":\"x\"}}", "");
        assertThat(reply.choices().get(0).contents()).containsExactly(new Content.ToolCall("x", "9 lives", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "<html>", "{}", "{\"candidates\":[]}", "{\"candidates\":7}"})
    void what_is_no_answer_is_refused(String body) {
        assertThatExceptionOfType(CodecException.class).isThrownBy(() -> Wire.reply(body));
    }

    @Test
    void an_error_under_a_good_status_is_refused_with_its_message() {
        assertThatExceptionOfType(CodecException.class)
                .isThrownBy(
                        () -> Wire.reply("{\"error\":{\"code\":500,\"message\":\"broken\",\"status\":\"INTERNAL\"}}"))
                .withMessage("broken");
    }

    static Stream<Arguments> written() {
        Signature foreign = new Signature("abc", "anthropic-messages", "claude-x");
        String envelope = dev.serai.dialect.ForeignSignature.write(foreign, "gemini");
        return Stream.of(
                Arguments.of(
                        List.of(new Content.Thinking("Hm", foreign), new Content.Text("Hi")),
                        FinishReason.STOP,
                        "[{\"text\":\"Hm\",\"thought\":true,\"thoughtSignature\":\"" + envelope
                                + "\"},{\"text\":\"Hi\"}]",
                        "STOP",
                        ""),
                Arguments.of(
                        List.of(
                                new Content.ToolCall("call_1", "f", "{\"a\":1}"),
                                new Content.ToolCall("call_2", "c", Tool.Kind.CUSTOM, "raw \"text\"", null, null)),
                        FinishReason.TOOL_CALLS,
                        "[{\"functionCall\":{\"id\":\"call_1\",\"name\":\"f\",\"args\":{\"a\":1}}},"
                                + "{\"functionCall\":{\"id\":\"call_2\",\"name\":\"c\",\"args\":{\"input\":\"raw \\\"text\\\"\"}}}]",
                        "STOP",
                        ""),
                Arguments.of(
                        List.of(new Content.ToolCall("call_1", "f", "{\"city\":\"Z")),
                        FinishReason.MAX_TOKENS,
                        "[{\"functionCall\":{\"id\":\"call_1\",\"name\":\"f\",\"args\":{\"_unreadable_arguments\":\"{\\\"city\\\":\\\"Z\"}}}]",
                        "MAX_TOKENS",
                        ""),
                Arguments.of(
                        List.of(new Content.Refusal("I will not")),
                        FinishReason.REFUSAL,
                        "[{\"text\":\"I will not\"}]",
                        "SAFETY",
                        ""),
                Arguments.of(
                        List.of(
                                new Content.RedactedThinking(foreign),
                                new Content.Opaque("openai-responses", "web_search_call", RawJson.EMPTY_OBJECT)),
                        FinishReason.OTHER,
                        "[{\"thought\":true,\"thoughtSignature\":\"" + envelope + "\"}]",
                        "OTHER",
                        "web_search_call"),
                Arguments.of(List.of(), FinishReason.STOP, "[]", "STOP", ""));
    }

    @ParameterizedTest
    @MethodSource("written")
    void a_reply_is_written(List<Content> contents, FinishReason reason, String parts, String word, String dropped) {
        ChatReply reply = new ChatReply(
                "",
                "",
                null,
                List.of(new Choice(0, contents, reason)),
                new Usage(1, 2, 3, 4, 5, 6, 7, 8),
                null,
                List.of());
        Encoded encoded = Wire.encode(reply);
        assertThat(Wire.text(encoded))
                .isEqualTo("{\"candidates\":[{\"content\":{\"parts\":" + parts
                        + ",\"role\":\"model\"},\"finishReason\":\"" + word
                        + "\",\"index\":0}],\"usageMetadata\":{\"promptTokenCount\":15,\"candidatesTokenCount\":14,"
                        + "\"totalTokenCount\":36,\"cachedContentTokenCount\":2,\"thoughtsTokenCount\":7,"
                        + "\"promptTokensDetails\":[{\"modality\":\"TEXT\",\"tokenCount\":10},{\"modality\":\"AUDIO\",\"tokenCount\":5}],"
                        + "\"candidatesTokensDetails\":[{\"modality\":\"TEXT\",\"tokenCount\":6},{\"modality\":\"AUDIO\",\"tokenCount\":8}]},"
                        + "\"modelVersion\":\"" + Wire.MODEL + "\",\"responseId\":\"id0\"}");
        assertThat(String.join(" ", Wire.dropped(encoded))).isEqualTo(dropped);
    }

    @Test
    void citations_become_grounding() {
        Citation.Range cup = new Citation.Range(7, 8);
        Content text = new Content.Text(
                "Zürich ☕",
                List.of(
                        new Citation.Web("https://a.example", "A", null, cup, "token"),
                        new Citation.OfDocument(0, null, "B", "words", Citation.Unit.PAGES, cup, null),
                        new Citation.Opaque("openai-responses", RawJson.EMPTY_OBJECT)),
                null,
                null);
        ChatReply reply = new ChatReply(
                "r", "m", null, List.of(new Choice(0, List.of(text), FinishReason.STOP)), Usage.NONE, null, List.of());
        Encoded encoded = Wire.encode(reply);
        assertThat(Wire.tree(encoded).at("/candidates/0/groundingMetadata").toString())
                .isEqualTo("{\"groundingChunks\":[{\"web\":{\"uri\":\"https://a.example\",\"title\":\"A\"}},"
                        + "{\"retrievedContext\":{\"title\":\"B\",\"text\":\"words\"}}],\"groundingSupports\":["
                        + "{\"segment\":{\"partIndex\":0,\"startIndex\":8,\"endIndex\":11,\"text\":\"☕\"},\"groundingChunkIndices\":[0]},"
                        + "{\"segment\":{\"partIndex\":0},\"groundingChunkIndices\":[1]}]}");
        assertThat(Wire.dropped(encoded)).contains("citations");
    }
}
