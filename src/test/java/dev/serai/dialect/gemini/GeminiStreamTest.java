package dev.serai.dialect.gemini;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.conversation.Block;
import dev.serai.conversation.ChatEvent;
import dev.serai.conversation.ChatFailure;
import dev.serai.conversation.ChatReply;
import dev.serai.conversation.Citation;
import dev.serai.conversation.Content;
import dev.serai.conversation.EventGrammar;
import dev.serai.conversation.FinishReason;
import dev.serai.conversation.ReplyBuilder;
import dev.serai.conversation.Signature;
import dev.serai.conversation.Source;
import dev.serai.conversation.Tool;
import dev.serai.conversation.Usage;
import dev.serai.dialect.ReplyContext.Framing;
import dev.serai.dialect.StreamDecoder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Streams, both ways: every wound that this dialect can have. */
class GeminiStreamTest {
    private static final Signature SIGNED = new Signature("c2ln", "gemini", Wire.MODEL);

    /** A piece with one candidate that says these parts. */
    private static String piece(String parts, String members) {
        return "{\"candidates\":[{\"content\":{\"parts\":[" + parts + "],\"role\":\"model\"}" + members
                + "}],\"responseId\":\"r-1\",\"modelVersion\":\"g\"}";
    }

    private static String piece(String parts) {
        return piece(parts, "");
    }

    private static String last(String parts) {
        return piece(parts, ",\"finishReason\":\"STOP\"");
    }

    private static ChatReply collect(String... payloads) {
        List<ChatEvent> events = Wire.eventsOf(payloads);
        EventGrammar.check(events);
        return ReplyBuilder.collect(events);
    }

    private static List<Content> contents(String... payloads) {
        return collect(payloads).choices().get(0).contents();
    }

    private static ChatFailure failure(String... payloads) {
        List<ChatEvent> events = Wire.eventsOf(payloads);
        EventGrammar.check(events);
        return ((ChatEvent.Failed) events.get(events.size() - 1)).failure();
    }

    @Test
    void texts_of_several_pieces_are_one_block() {
        List<ChatEvent> events = Wire.eventsOf(piece("{\"text\":\"Hel\"}"), last("{\"text\":\"lo\"}"));
        assertThat(events)
                .containsExactly(
                        new ChatEvent.Started("r-1", "g", null, null),
                        new ChatEvent.BlockStarted(0, 0, new Block.Text()),
                        new ChatEvent.TextDelta(0, 0, "Hel"),
                        new ChatEvent.TextDelta(0, 0, "lo"),
                        new ChatEvent.BlockEnded(0, 0),
                        new ChatEvent.Finished(0, FinishReason.STOP),
                        new ChatEvent.Ended());
    }

    @Test
    void thinking_text_and_calls_are_blocks_of_their_own() {
        assertThat(
                        contents(
                                piece("{\"text\":\"Hm\",\"thought\":true}"),
                                piece("{\"text\":\"m\",\"thought\":true},{\"text\":\"Hi\"}"),
                                last(
                                        "{\"functionCall\":{\"name\":\"f\",\"args\":{\"a\":1}}},{\"functionCall\":{\"id\":\"x\",\"name\":\"g\"}}")))
                .containsExactly(
                        new Content.Thinking("Hmm", null),
                        new Content.Text("Hi"),
                        new Content.ToolCall("gemini-call-r-1-0", "f", "{\"a\":1}"),
                        new Content.ToolCall("x", "g", ""));
    }

    @Test
    void parallel_calls_keep_their_arguments_apart() {
        assertThat(contents(
                        piece("{\"functionCall\":{\"name\":\"f\",\"args\":{\"n\":1}}}"),
                        last("{\"functionCall\":{\"name\":\"f\",\"args\":{\"n\":2}}}")))
                .containsExactly(
                        new Content.ToolCall("gemini-call-r-1-0", "f", "{\"n\":1}"),
                        new Content.ToolCall("gemini-call-r-1-1", "f", "{\"n\":2}"));
    }

    @Test
    void a_call_in_one_piece_with_a_stop_is_no_plain_stop() {
        assertThat(collect(last("{\"functionCall\":{\"name\":\"f\"}}"))
                        .choices()
                        .get(0)
                        .finishReason())
                .isEqualTo(FinishReason.TOOL_CALLS);
    }

    @Test
    void arguments_that_come_value_by_value_are_put_together() {
        assertThat(contents(
                        piece(
                                "{\"functionCall\":{\"name\":\"cook\",\"willContinue\":true},\"thoughtSignature\":\"c2ln\"}"),
                        piece(
                                "{\"functionCall\":{\"partialArgs\":[{\"jsonPath\":\"$.items[0].name\",\"stringValue\":\"Apf\","
                                        + "\"willContinue\":true}],\"willContinue\":true}}"),
                        piece(
                                "{\"functionCall\":{\"partialArgs\":[{\"jsonPath\":\"$.items[0].name\",\"stringValue\":\"el\"}],"
                                        + "\"willContinue\":true}}"),
                        piece(
                                "{\"functionCall\":{\"partialArgs\":[{\"jsonPath\":\"$.items[0].price\",\"numberValue\":0.5},"
                                        + "{\"jsonPath\":\"$.items[1]\",\"nullValue\":\"NULL_VALUE\"},"
                                        + "{\"jsonPath\":\"$['odd.name'].x\",\"boolValue\":true}],\"willContinue\":true}}"),
                        piece("{\"functionCall\":{\"willContinue\":true}}"),
                        piece("{\"functionCall\":{}}"),
                        last("{\"text\":\"\"}")))
                .containsExactly(new Content.ToolCall(
                        "gemini-call-r-1-0",
                        "cook",
                        Tool.Kind.FUNCTION,
                        "{\"items\":[{\"name\":\"Apfel\",\"price\":0.5},null],\"odd.name\":{\"x\":true}}",
                        null,
                        SIGNED));
    }

    @Test
    void a_call_in_pieces_whose_end_never_comes_ends_with_the_answer() {
        assertThat(contents(
                        piece("{\"functionCall\":{\"name\":\"f\",\"willContinue\":true}}"),
                        piece(
                                "{\"functionCall\":{\"partialArgs\":[{\"jsonPath\":\"$.a\",\"stringValue\":\"b\"}],\"willContinue\":true}}"),
                        piece("", ",\"finishReason\":\"MAX_TOKENS\"")))
                .containsExactly(new Content.ToolCall("gemini-call-r-1-0", "f", "{\"a\":\"b\"}"));
    }

    @Test
    void a_place_that_leads_nowhere_changes_nothing() {
        for (String place :
                List.of("$", "", "$.a[99999999]", "$.a[x]", "$..", "$[", "$['", "[[", "$.a.b".repeat(200))) {
            assertThat(contents(
                            piece("{\"functionCall\":{\"name\":\"f\",\"willContinue\":true}}"),
                            piece("{\"functionCall\":{\"partialArgs\":[{\"jsonPath\":\"" + place
                                    + "\",\"numberValue\":1}]}}"),
                            last("")))
                    .as(place)
                    .hasSize(1);
        }
    }

    @Test
    void a_signature_that_comes_with_an_empty_text_belongs_to_the_text_before() {
        assertThat(contents(piece("{\"text\":\"Hi\"}"), last("{\"text\":\"\",\"thoughtSignature\":\"c2ln\"}")))
                .containsExactly(new Content.Text("Hi", List.of(), null, SIGNED));
    }

    @Test
    void a_signature_on_its_own_is_a_block() {
        assertThat(contents(last("{\"thoughtSignature\":\"c2ln\"}")))
                .containsExactly(new Content.Text("", List.of(), null, SIGNED));
        assertThat(contents(last("{\"thoughtSignature\":\"c2ln\",\"thought\":true}")))
                .containsExactly(new Content.RedactedThinking(SIGNED));
    }

    @Test
    void a_text_behind_a_signed_one_is_another() {
        assertThat(contents(piece("{\"text\":\"a\",\"thoughtSignature\":\"c2ln\"}"), last("{\"text\":\"b\"}")))
                .containsExactly(new Content.Text("a", List.of(), null, SIGNED), new Content.Text("b"));
    }

    @Test
    void two_finish_reasons_and_content_behind_the_first_are_one_answer() {
        ChatReply reply = collect(
                last("{\"text\":\"a\"}"), last("{\"text\":\"b\"}"), piece("", ",\"finishReason\":\"MAX_TOKENS\""));
        assertThat(reply.choices().get(0).contents()).containsExactly(new Content.Text("ab"));
        assertThat(reply.choices().get(0).finishReason()).isEqualTo(FinishReason.MAX_TOKENS);
    }

    @Test
    void the_last_usage_counts_as_a_whole_whichever_piece_it_comes_with() {
        String usage =
                ",\"usageMetadata\":{\"promptTokenCount\":9,\"candidatesTokenCount\":5,\"thoughtsTokenCount\":7}}";
        String less =
                ",\"usageMetadata\":{\"promptTokenCount\":9,\"candidatesTokenCount\":1,\"cachedContentTokenCount\":4}}";
        String text =
                "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"a\"}]},\"finishReason\":\"STOP\"}],\"responseId\":\"r\"";
        Usage whole = new Usage(9, 0, 0, 0, 0, 5, 7, 0);
        assertThat(collect(text + less, text + usage).usage()).isEqualTo(whole);
        assertThat(collect(text + less, "{\"responseId\":\"r\"" + usage).usage())
                .isEqualTo(whole);
        assertThat(collect(text + usage, text + ",\"usageMetadata\":null}").usage())
                .isEqualTo(whole);
        assertThat(collect(text + usage, text + ",\"usageMetadata\":{\"trafficType\":\"ON_DEMAND\"}}")
                        .usage())
                .isEqualTo(whole);
        assertThat(collect(text + "}").usage()).isEqualTo(Usage.NONE);
    }

    @Test
    void ids_and_models_that_change_within_a_stream_stay_what_they_were() {
        ChatReply reply = collect(
                "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"a\"}]}}],\"responseId\":\"r-1\",\"modelVersion\":\"g\"}",
                "{\"candidates\":[{\"finishReason\":\"STOP\"}],\"responseId\":\"r-2\",\"modelVersion\":\"h\"}");
        assertThat(reply.id()).isEqualTo("r-1");
        assertThat(reply.model()).isEqualTo("g");
    }

    @Test
    void a_first_piece_without_an_id_waits_for_one_that_has_it() {
        ChatReply reply = collect("{\"usageMetadata\":{\"promptTokenCount\":4}}", last("{\"text\":\"a\"}"));
        assertThat(reply.id()).isEqualTo("r-1");
        assertThat(reply.usage().input()).isEqualTo(4);
    }

    @Test
    void candidates_that_interleave_are_told_apart() {
        ChatReply reply = collect(
                "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"a\"}]},\"index\":0},{\"content\":{\"parts\":[{\"text\":\"x\"}]},\"index\":1}]}",
                "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"y\"}]},\"index\":1,\"finishReason\":\"STOP\"}]}",
                "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"b\"}]},\"index\":0,\"finishReason\":\"MAX_TOKENS\"}]}");
        assertThat(reply.choices().get(0).contents()).containsExactly(new Content.Text("ab"));
        assertThat(reply.choices().get(1).contents()).containsExactly(new Content.Text("xy"));
    }

    @Test
    void a_blocked_prompt_is_a_whole_answer() {
        ChatReply reply = collect("{\"promptFeedback\":{\"blockReason\":\"PROHIBITED_CONTENT\"},\"responseId\":\"r\"}");
        assertThat(reply.choices().get(0).finishReason()).isEqualTo(FinishReason.CONTENT_FILTER);
        assertThat(reply.extras().get(0).name()).isEqualTo("promptFeedback");
    }

    @Test
    void an_answer_that_a_filter_stops_midway_says_so() {
        ChatReply reply =
                collect(piece("{\"text\":\"a\"}"), "{\"candidates\":[{\"finishReason\":\"SAFETY\",\"index\":0}]}");
        assertThat(reply.choices().get(0).finishReason()).isEqualTo(FinishReason.CONTENT_FILTER);
    }

    @Test
    void a_stream_that_ends_too_soon_is_a_failure() {
        assertThat(failure(piece("{\"text\":\"a\"}")).kind()).isEqualTo(ChatFailure.Kind.SERVER_ERROR);
        assertThat(failure().message()).contains("before the answer was complete");
    }

    @Test
    void an_error_in_the_middle_is_the_last_event() {
        ChatFailure failure = failure(
                piece("{\"text\":\"a\"}"),
                "{\"error\":{\"code\":503,\"message\":\"The model is overloaded\",\"status\":\"UNAVAILABLE\"}}",
                last("{\"text\":\"b\"}"));
        assertThat(failure)
                .isEqualTo(new ChatFailure(
                        ChatFailure.Kind.OVERLOADED, "The model is overloaded", "UNAVAILABLE", null, null, null));
    }

    @Test
    void an_event_that_is_no_json_is_a_failure() {
        assertThat(failure(piece("{\"text\":\"a\"}"), "<html>").message()).contains("no JSON");
    }

    @Test
    void comments_and_a_closing_word_of_others_say_nothing() {
        String stream = ": ping\r\n\r\n" + Wire.framed(piece("{\"text\":\"a\"}"), last("")) + "data: [DONE]\r\n\r\n";
        assertThat(ReplyBuilder.collect(Wire.events(stream)).choices().get(0).contents())
                .containsExactly(new Content.Text("a"));
    }

    @Test
    void a_connection_that_breaks_behind_the_last_piece_does_no_harm() {
        List<ChatEvent> events = new ArrayList<>();
        StreamDecoder decoder = Wire.CODEC.openDecoder(Wire.SOURCE);
        ChatFailure reset = new ChatFailure(ChatFailure.Kind.SERVER_ERROR, "reset");
        decoder.end(reset, events::add);
        assertThat(events).containsExactly(new ChatEvent.Failed(reset));
        decoder.end(reset, events::add);
        assertThat(events).hasSize(1);
    }

    @Test
    void characters_split_between_chunks_stay_whole() {
        byte[] stream = Wire.framed(piece("{\"text\":\"☕ 👩‍👩‍👧\"}"), last("{\"text\":\"é\"}"))
                .getBytes(UTF_8);
        List<ChatEvent> whole = Wire.events(stream, stream.length);
        for (int chunk = 1; chunk < 40; chunk++) {
            assertThat(Wire.events(stream, chunk)).isEqualTo(whole);
        }
    }

    @Test
    void what_the_answer_rests_on_comes_with_the_last_piece() {
        String grounding =
                ",\"finishReason\":\"STOP\",\"groundingMetadata\":{\"groundingChunks\":[{\"web\":{\"uri\":\"https://a.example\"}}],"
                        + "\"groundingSupports\":[{\"segment\":{\"startIndex\":1,\"endIndex\":4,\"text\":\"☕\"},\"groundingChunkIndices\":[0]}]}";
        Content text = contents(
                        piece("{\"toolCall\":{\"id\":\"1\"}}"),
                        piece("{\"text\":\"a☕\"}"),
                        piece("{\"text\":\"b\"}", grounding))
                .get(1);
        assertThat(((Content.Text) text).citations())
                .containsExactly(new Citation.Web("https://a.example", null, null, new Citation.Range(1, 2), null));
    }

    @Test
    void sound_in_several_pieces_is_one_block() {
        assertThat(contents(
                        piece("{\"inlineData\":{\"mimeType\":\"audio/L16\",\"data\":\"QQ==\"}}"),
                        last("{\"inlineData\":{\"mimeType\":\"audio/L16\",\"data\":\"Qg==\"}}")))
                .containsExactly(new Content.Audio(new Source.Base64("audio/L16", "QUI="), null, null));
    }

    private static final List<ChatEvent> TOLD = List.of(
            new ChatEvent.Started("c-1", "claude", null, new Usage(5, 0, 0, 0, 0, 0, 0, 0)),
            new ChatEvent.BlockStarted(0, 0, new Block.Thinking(false)),
            new ChatEvent.ThinkingDelta(0, 0, "Hm"),
            new ChatEvent.SignatureAdded(0, 0, SIGNED),
            new ChatEvent.BlockEnded(0, 0),
            new ChatEvent.BlockStarted(0, 1, new Block.Text()),
            new ChatEvent.TextDelta(0, 1, "Hi"),
            new ChatEvent.BlockEnded(0, 1),
            new ChatEvent.BlockStarted(0, 2, new Block.ToolCall("call_1", "f", Tool.Kind.FUNCTION)),
            new ChatEvent.ToolArgumentsDelta(0, 2, "{\"a\""),
            new ChatEvent.BlockStarted(0, 3, new Block.ToolCall("call_2", "g", Tool.Kind.FUNCTION)),
            new ChatEvent.BlockEnded(0, 3),
            new ChatEvent.ToolArgumentsDelta(0, 2, ":1}"),
            new ChatEvent.BlockEnded(0, 2),
            new ChatEvent.Finished(0, FinishReason.TOOL_CALLS),
            new ChatEvent.UsageReported(new Usage(5, 0, 0, 0, 0, 6, 0, 0)),
            new ChatEvent.Ended());

    private static String said(String parts) {
        return "{\"candidates\":[{\"content\":{\"parts\":[" + parts + "],\"role\":\"model\"},\"index\":0}],"
                + "\"modelVersion\":\"claude\",\"responseId\":\"c-1\"}";
    }

    private static final List<String> WRITTEN = List.of(
            said("{\"text\":\"Hm\",\"thought\":true}"),
            said("{\"text\":\"\",\"thought\":true,\"thoughtSignature\":\"c2ln\"}"),
            said("{\"text\":\"Hi\"}"),
            said(
                    "{\"functionCall\":{\"id\":\"call_1\",\"name\":\"f\",\"args\":{\"a\":1}}},{\"functionCall\":{\"id\":\"call_2\",\"name\":\"g\"}}"),
            "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"\"}],\"role\":\"model\"},\"finishReason\":\"STOP\",\"index\":0}],"
                    + "\"usageMetadata\":{\"promptTokenCount\":5,\"candidatesTokenCount\":6,\"totalTokenCount\":11},"
                    + "\"modelVersion\":\"claude\",\"responseId\":\"c-1\"}");

    @Test
    void a_stream_is_written_in_events() {
        assertThat(Wire.stream(TOLD)).isEqualTo(Wire.framed(WRITTEN));
    }

    @Test
    void a_stream_is_written_as_one_array() {
        assertThat(Wire.stream(TOLD, Framing.JSON_ARRAY))
                .isEqualTo("[{\"modelVersion\":\"claude\",\"responseId\":\"c-1\"},\r\n" + String.join(",\r\n", WRITTEN)
                        + "]\r\n");
    }

    @Test
    void a_stream_that_fails_ends_with_the_error() {
        ChatFailure failure = new ChatFailure(ChatFailure.Kind.OVERLOADED, "full");
        String error =
                "{\"error\":{\"code\":503,\"message\":\"full\",\"status\":\"UNAVAILABLE\",\"details\":[{\"@type\":"
                        + "\"type.googleapis.com/google.rpc.ErrorInfo\",\"reason\":\"OVERLOADED\",\"domain\":\"serai\"}]}}";
        List<ChatEvent> events = List.of(TOLD.get(0), new ChatEvent.Failed(failure));
        assertThat(Wire.stream(events)).isEqualTo(Wire.framed(error));
        assertThat(Wire.stream(events, Framing.JSON_ARRAY))
                .isEqualTo("[{\"modelVersion\":\"claude\",\"responseId\":\"c-1\"},\r\n" + error + "]\r\n");
        assertThat(Wire.stream(List.of(new ChatEvent.Failed(failure)), Framing.JSON_ARRAY))
                .isEqualTo("[" + error + "]\r\n");
    }
}
