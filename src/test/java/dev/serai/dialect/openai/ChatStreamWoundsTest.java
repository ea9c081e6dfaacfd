package dev.serai.dialect.openai;

import static dev.serai.dialect.openai.ChatBench.chunk;
import static dev.serai.dialect.openai.ChatBench.collected;
import static dev.serai.dialect.openai.ChatBench.delta;
import static dev.serai.dialect.openai.ChatBench.events;
import static dev.serai.dialect.openai.ChatBench.finish;
import static dev.serai.dialect.openai.ChatBench.sse;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.catalog.UsageTotals;
import dev.serai.conversation.Block;
import dev.serai.conversation.ChatEvent;
import dev.serai.conversation.ChatFailure;
import dev.serai.conversation.ChatReply;
import dev.serai.conversation.Choice;
import dev.serai.conversation.Citation;
import dev.serai.conversation.Content;
import dev.serai.conversation.EventGrammar;
import dev.serai.conversation.FinishReason;
import dev.serai.conversation.Logprobs;
import dev.serai.conversation.ReplyBuilder;
import dev.serai.conversation.Signature;
import dev.serai.conversation.Source;
import dev.serai.conversation.Tool;
import dev.serai.conversation.Usage;
import dev.serai.dialect.ReplySource;
import dev.serai.dialect.StreamDecoder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every oddity that a provider's stream has been seen with, and what the answer is all the same. */
class ChatStreamWoundsTest {
    private static Choice only(String stream) {
        ChatReply reply = collected(stream);
        assertThat(reply.choices()).hasSize(1);
        return reply.choices().get(0);
    }

    private static Content.ToolCall call(String id, String name, String arguments) {
        return new Content.ToolCall(id, name, arguments);
    }

    private static ChatFailure failure(String stream) {
        List<ChatEvent> events = events(stream);
        EventGrammar.check(events);
        assertThat(events.get(events.size() - 1)).isInstanceOf(ChatEvent.Failed.class);
        return ((ChatEvent.Failed) events.get(events.size() - 1)).failure();
    }

    // --- Tool calls

    @Test
    void a_tool_call_keeps_its_arguments_in_pieces() {
        Choice choice = only(sse(
                delta(
                        "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"index\":0,\"id\":\"a\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"\"}}]}"),
                delta("{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"{\\\"x\\\"\"}}]}"),
                delta("{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\":1}\"}}]}"),
                finish("tool_calls")));
        assertThat(choice).isEqualTo(new Choice(0, List.of(call("a", "f", "{\"x\":1}")), FinishReason.TOOL_CALLS));
    }

    @Test
    void tool_calls_without_an_index_are_told_apart_by_id() {
        Choice choice = only(sse(
                delta(
                        "{\"tool_calls\":[{\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"{\"}},{\"id\":\"b\",\"function\":{\"name\":\"g\",\"arguments\":\"{\"}}]}"),
                delta("{\"tool_calls\":[{\"id\":\"a\",\"function\":{\"arguments\":\"}\"}}]}"),
                delta("{\"tool_calls\":[{\"id\":\"b\",\"function\":{\"arguments\":\"}\"}}]}"),
                finish("tool_calls")));
        assertThat(choice.contents()).containsExactly(call("a", "f", "{}"), call("b", "g", "{}"));
    }

    @Test
    void whole_tool_calls_with_neither_index_nor_id_are_several_with_ids_of_their_own() {
        Choice choice = only(sse(
                delta(
                        "{\"tool_calls\":[{\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}},{\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]}"),
                finish("stop")));
        assertThat(choice.contents()).hasSize(2);
        Content.ToolCall first = (Content.ToolCall) choice.contents().get(0);
        Content.ToolCall second = (Content.ToolCall) choice.contents().get(1);
        assertThat(first.id()).startsWith("call_").isNotEqualTo(second.id());
        assertThat(choice.finishReason()).isEqualTo(FinishReason.TOOL_CALLS);
    }

    @Test
    void made_up_ids_differ_from_answer_to_answer() {
        String call = "{\"tool_calls\":[{\"index\":0,\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]}";
        Content one = only(sse(delta(call), finish("stop"))).contents().get(0);
        Content other = only(sse(delta(call), finish("stop")).replace("\"c1\"", "\"c2\""))
                .contents()
                .get(0);
        assertThat(((Content.ToolCall) one).id()).isNotEqualTo(((Content.ToolCall) other).id());
    }

    @Test
    void every_call_under_the_index_0_is_a_call_of_its_own() {
        Choice choice = only(sse(
                delta(
                        "{\"tool_calls\":[{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]}"),
                delta(
                        "{\"tool_calls\":[{\"index\":0,\"id\":\"b\",\"function\":{\"name\":\"g\",\"arguments\":\"{\"}}]}"),
                delta("{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"}\"}}]}"),
                finish("tool_calls")));
        assertThat(choice.contents()).containsExactly(call("a", "f", "{}"), call("b", "g", "{}"));
    }

    @Test
    void a_new_id_in_every_piece_is_still_one_call() {
        Choice choice = only(sse(
                delta(
                        "{\"tool_calls\":[{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"{\"}}]}"),
                delta("{\"tool_calls\":[{\"index\":0,\"id\":\"z\",\"function\":{\"name\":\"\",\"arguments\":\"}\"}}]}"),
                finish("tool_calls")));
        assertThat(choice.contents()).containsExactly(call("a", "f", "{}"));
    }

    @Test
    void a_name_that_comes_behind_its_id_and_first_arguments_loses_nothing() {
        Choice choice = only(sse(
                delta("{\"tool_calls\":[{\"index\":0,\"id\":\"a\",\"function\":{\"arguments\":\"{\\\"x\\\":\"}}]}"),
                delta("{\"tool_calls\":[{\"index\":0,\"function\":{\"name\":\"f\",\"arguments\":\"1}\"}}]}"),
                finish("tool_calls")));
        assertThat(choice.contents()).containsExactly(call("a", "f", "{\"x\":1}"));
    }

    @Test
    void arguments_that_are_an_object_become_its_text() {
        Choice choice = only(sse(
                delta(
                        "{\"tool_calls\":[{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":{\"x\":[1,2.50]}}}]}"),
                finish("stop")));
        assertThat(choice.contents()).containsExactly(call("a", "f", "{\"x\":[1,2.50]}"));
    }

    @Test
    void an_empty_list_of_tool_calls_opens_nothing() {
        Choice choice = only(sse(
                delta("{\"role\":\"assistant\",\"content\":\"Hi\",\"tool_calls\":[]}"),
                delta("{\"content\":\"!\",\"tool_calls\":null}"),
                finish("stop")));
        assertThat(choice).isEqualTo(new Choice(0, List.of(new Content.Text("Hi!")), FinishReason.STOP));
    }

    @Test
    void parallel_tool_calls_interleaved_stay_apart() {
        Choice choice = only(sse(
                delta("{\"tool_calls\":[{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"\"}}]}"),
                delta("{\"tool_calls\":[{\"index\":1,\"id\":\"b\",\"function\":{\"name\":\"g\",\"arguments\":\"\"}}]}"),
                delta(
                        "{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"{\\\"x\\\"\"}},{\"index\":1,\"function\":{\"arguments\":\"{\\\"y\\\"\"}}]}"),
                delta("{\"tool_calls\":[{\"index\":1,\"function\":{\"arguments\":\":2}\"}}]}"),
                delta("{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\":1}\"}}]}"),
                finish("tool_calls")));
        assertThat(choice.contents()).containsExactly(call("a", "f", "{\"x\":1}"), call("b", "g", "{\"y\":2}"));
    }

    @Test
    void stop_reported_although_a_tool_was_called_is_a_call() {
        String call =
                "{\"tool_calls\":[{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]}";
        assertThat(only(sse(delta(call), finish("stop"))).finishReason()).isEqualTo(FinishReason.TOOL_CALLS);
        assertThat(only(sse(delta(call), finish("function_call"))).finishReason())
                .isEqualTo(FinishReason.TOOL_CALLS);
        assertThat(only(sse(delta(call), finish("anything"))).finishReason()).isEqualTo(FinishReason.TOOL_CALLS);
    }

    @Test
    void tool_calls_reported_although_none_was_made_is_a_stop() {
        assertThat(only(sse(delta("{\"content\":\"Hi\"}"), finish("tool_calls")))
                        .finishReason())
                .isEqualTo(FinishReason.STOP);
    }

    @Test
    void max_tokens_in_the_middle_of_a_tool_call_keeps_the_half_and_the_reason() {
        Choice choice = only(sse(
                delta(
                        "{\"tool_calls\":[{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"{\\\"city\\\":\\\"Zü\"}}]}"),
                finish("length")));
        assertThat(choice).isEqualTo(new Choice(0, List.of(call("a", "f", "{\"city\":\"Zü")), FinishReason.MAX_TOKENS));
    }

    @Test
    void a_call_without_a_name_is_left_out_and_named_as_malformed() {
        Choice choice = only(sse(
                delta("{\"tool_calls\":[{\"index\":0,\"id\":\"a\",\"function\":{\"arguments\":\"{}\"}}]}"),
                finish("tool_calls")));
        assertThat(choice).isEqualTo(new Choice(0, List.of(), FinishReason.MALFORMED_TOOL_CALL));
    }

    @Test
    void the_old_function_call_is_a_tool_call() {
        Choice choice = only(sse(
                delta("{\"function_call\":{\"name\":\"f\",\"arguments\":\"\"}}"),
                delta("{\"function_call\":{\"arguments\":\"{}\"}}"),
                finish("function_call")));
        assertThat(choice.finishReason()).isEqualTo(FinishReason.TOOL_CALLS);
        Content.ToolCall call = (Content.ToolCall) choice.contents().get(0);
        assertThat(call.name() + call.arguments()).isEqualTo("f{}");
    }

    @Test
    void a_custom_tool_is_called_with_text() {
        Choice choice = only(sse(
                delta(
                        "{\"tool_calls\":[{\"index\":0,\"id\":\"a\",\"type\":\"custom\",\"custom\":{\"name\":\"sh\",\"input\":\"\"}}]}"),
                delta("{\"tool_calls\":[{\"index\":0,\"custom\":{\"input\":\"ls -l\"}}]}"),
                finish("tool_calls")));
        assertThat(choice.contents())
                .containsExactly(new Content.ToolCall("a", "sh", Tool.Kind.CUSTOM, "ls -l", null, null));
    }

    @Test
    void text_beside_an_open_call_is_a_block_of_its_own() {
        Choice choice = only(sse(
                delta("{\"content\":\"First.\"}"),
                delta(
                        "{\"tool_calls\":[{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"{\"}}]}"),
                delta("{\"content\":\"Second.\"}"),
                delta("{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"}\"}}]}"),
                finish("tool_calls")));
        assertThat(choice.contents())
                .containsExactly(new Content.Text("First."), call("a", "f", "{}"), new Content.Text("Second."));
    }

    // --- Ends

    @Test
    void two_finish_chunks_are_one_end() {
        assertThat(only(sse(delta("{\"content\":\"Hi\"}"), finish("stop"), finish("stop")))
                        .finishReason())
                .isEqualTo(FinishReason.STOP);
        assertThat(only(sse(delta("{\"content\":\"Hi\"}"), finish("length"), finish("stop")))
                        .finishReason())
                .isEqualTo(FinishReason.MAX_TOKENS);
    }

    @Test
    void content_behind_the_finish_chunk_is_not_lost() {
        assertThat(only(sse(delta("{\"content\":\"Hi\"}"), finish("stop"), delta("{\"content\":\"!\"}")))
                        .contents())
                .containsExactly(new Content.Text("Hi!"));
    }

    @Test
    void a_stream_without_its_terminal_event_is_whole_if_every_choice_finished() {
        String stream = "data: " + delta("{\"content\":\"Hi\"}") + "\n\ndata: " + finish("stop") + "\n\n";
        assertThat(only(stream).contents()).containsExactly(new Content.Text("Hi"));
    }

    @Test
    void a_stream_that_ends_in_the_middle_is_a_failure() {
        ChatFailure failure = failure("data: " + delta("{\"content\":\"Hi\"}") + "\n\n");
        assertThat(failure.kind()).isEqualTo(ChatFailure.Kind.SERVER_ERROR);
    }

    @Test
    void a_broken_connection_is_told_unless_the_answer_was_whole() {
        ChatFailure why = new ChatFailure(ChatFailure.Kind.TIMED_OUT, "too slow");
        assertThat(endedBy(why, delta("{\"content\":\"Hi\"}"))).isEqualTo(new ChatEvent.Failed(why));
        assertThat(endedBy(why, delta("{\"content\":\"Hi\"}"), finish("stop"))).isEqualTo(new ChatEvent.Ended());
    }

    private static ChatEvent endedBy(ChatFailure why, String... chunks) {
        List<ChatEvent> events = new ArrayList<>();
        StreamDecoder decoder = ChatBench.CODEC.openDecoder(ChatBench.SOURCE);
        ChatBench.feed(decoder, sse(chunks).replace("data: [DONE]\n\n", "").getBytes(UTF_8), events::add);
        decoder.end(why, events::add);
        decoder.end(null, events::add);
        EventGrammar.check(events);
        return events.get(events.size() - 1);
    }

    @Test
    void a_stream_with_its_terminal_event_and_without_a_reason_is_whole() {
        assertThat(only(sse(delta("{\"content\":\"Hi\"}"))).finishReason()).isEqualTo(FinishReason.OTHER);
    }

    @Test
    void a_stream_without_an_answer_is_a_failure() {
        assertThat(failure(sse()).kind()).isEqualTo(ChatFailure.Kind.SERVER_ERROR);
        assertThat(failure("").kind()).isEqualTo(ChatFailure.Kind.SERVER_ERROR);
    }

    @Test
    void an_error_event_in_the_middle_is_a_failure_and_nothing_follows() {
        ChatFailure failure = failure(sse(
                delta("{\"content\":\"Hi\"}"),
                "{\"error\":{\"message\":\"The engine is overloaded\",\"type\":\"server_error\",\"code\":\"server_overloaded\"}}",
                delta("{\"content\":\"more\"}"),
                finish("stop")));
        assertThat(failure)
                .isEqualTo(new ChatFailure(
                        ChatFailure.Kind.OVERLOADED,
                        "The engine is overloaded",
                        "server_overloaded",
                        null,
                        null,
                        null));
    }

    @Test
    void an_error_beside_choices_is_a_failure() {
        ChatFailure failure = failure(
                sse(
                        delta("{\"content\":\"Hi\"}"),
                        "{\"id\":\"c1\",\"error\":{\"code\":502,\"message\":\"Provider disconnected\"},\"choices\":[{\"index\":0,\"delta\":{\"content\":\"\"},\"finish_reason\":\"error\"}]}"));
        assertThat(failure.kind()).isEqualTo(ChatFailure.Kind.SERVER_ERROR);
        assertThat(failure.message()).isEqualTo("Provider disconnected");
    }

    @Test
    void an_event_of_the_type_error_is_a_failure_whatever_it_holds() {
        ChatFailure failure = failure("event: error\ndata: {\"message\":\"no\",\"code\":\"rate_limit_exceeded\"}\n\n");
        assertThat(failure.kind()).isEqualTo(ChatFailure.Kind.RATE_LIMITED);
    }

    @Test
    void a_reason_that_means_giving_up_is_a_failure() {
        assertThat(failure(sse(delta("{\"content\":\"Hi\"}"), finish("insufficient_system_resource")))
                        .kind())
                .isEqualTo(ChatFailure.Kind.OVERLOADED);
        assertThat(failure(sse(delta("{\"content\":\"Hi\"}"), finish("error"))).kind())
                .isEqualTo(ChatFailure.Kind.SERVER_ERROR);
    }

    @Test
    void an_event_that_is_no_json_is_a_failure() {
        assertThat(failure(sse(delta("{\"content\":\"Hi\"}"), "{\"choices\":[")).kind())
                .isEqualTo(ChatFailure.Kind.SERVER_ERROR);
    }

    @Test
    void pings_comments_and_unknown_events_say_nothing() {
        String stream = ": OPENROUTER PROCESSING\n\nevent: ping\ndata: {\"type\":\"ping\"}\n\ndata: {\"hello\":1}\n\n"
                + sse(delta("{\"content\":\"Hi\"}"), finish("stop"));
        ChatReply reply = collected(stream);
        assertThat(reply.choices().get(0).contents()).containsExactly(new Content.Text("Hi"));
        assertThat(reply.extras()).isEmpty();
    }

    // --- Identity

    @Test
    void created_ids_and_models_that_change_count_as_first_stated() {
        ChatReply reply = collected(sse(
                delta("{\"content\":\"H\"}"),
                delta("{\"content\":\"i\"}")
                        .replace("\"c1\"", "\"c2\"")
                        .replace(":7,", ":8,")
                        .replace("\"m\"", "\"m2\""),
                finish("stop")));
        assertThat(reply.id()).isEqualTo("c1");
        assertThat(reply.createdEpochSeconds()).isEqualTo(7);
        assertThat(reply.model()).isEqualTo("m");
    }

    @Test
    void a_first_chunk_with_an_empty_id_waits_for_the_next() {
        String filters =
                "{\"id\":\"\",\"object\":\"\",\"created\":0,\"model\":\"\",\"choices\":[],\"prompt_filter_results\":[{\"prompt_index\":0}]}";
        ChatReply reply = collected(sse(
                filters,
                delta("{\"role\":\"assistant\",\"content\":\"\"}"),
                delta("{\"content\":\"Hi\"}"),
                finish("stop")));
        assertThat(reply.id()).isEqualTo("c1");
        assertThat(reply.model()).isEqualTo("m");
        assertThat(reply.createdEpochSeconds()).isEqualTo(7);
        assertThat(reply.extras()).extracting("name").containsExactly("prompt_filter_results");
    }

    @Test
    void a_stream_that_never_says_who_it_is_begins_with_its_first_content() {
        ChatReply reply = collected(sse(
                "{\"choices\":[{\"delta\":{\"content\":\"Hi\"}}]}",
                "{\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}"));
        assertThat(reply.id()).isEmpty();
        assertThat(reply.choices().get(0).contents()).containsExactly(new Content.Text("Hi"));
    }

    // --- Usage

    private static Usage usage(String... chunks) {
        return collected(sse(chunks)).usage();
    }

    private static String withUsage(String chunk, String usage) {
        return chunk.substring(0, chunk.length() - 1) + ",\"usage\":" + usage + "}";
    }

    private static final String TEN_AND_FIVE = "{\"prompt_tokens\":10,\"completion_tokens\":5,\"total_tokens\":15}";
    private static final Usage READ = new Usage(10, 0, 0, 0, 0, 5, 0, 0);

    @Test
    void usage_is_found_wherever_it_stands() {
        String hi = delta("{\"content\":\"Hi\"}");
        String own = "{\"id\":\"c1\",\"choices\":[],\"usage\":" + TEN_AND_FIVE + "}";
        assertThat(usage(hi, finish("stop"), own)).as("in its own chunk").isEqualTo(READ);
        assertThat(usage(hi, withUsage(finish("stop"), TEN_AND_FIVE)))
                .as("in the last choice chunk")
                .isEqualTo(READ);
        assertThat(usage(withUsage(hi, "null"), withUsage(finish("stop"), "null")))
                .as("null")
                .isEqualTo(Usage.NONE);
        assertThat(usage(hi, finish("stop"))).as("never").isEqualTo(Usage.NONE);
        assertThat(usage(hi, "{\"choices\":null,\"usage\":" + TEN_AND_FIVE + "}", finish("stop")))
                .as("without choices")
                .isEqualTo(READ);
        assertThat(usage(
                        hi,
                        chunk("{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\",\"usage\":" + TEN_AND_FIVE + "}")))
                .as("in the choice, as Moonshot has it")
                .isEqualTo(READ);
        String groq = finish("stop").substring(0, finish("stop").length() - 1) + ",\"x_groq\":{\"id\":\"r\",\"usage\":"
                + TEN_AND_FIVE + "}}";
        assertThat(usage(hi, groq)).as("in x_groq").isEqualTo(READ);
    }

    @Test
    void usage_in_every_chunk_is_cumulative() {
        String first = withUsage(
                delta("{\"content\":\"H\"}"), "{\"prompt_tokens\":10,\"completion_tokens\":1,\"total_tokens\":11}");
        assertThat(usage(first, withUsage(finish("stop"), TEN_AND_FIVE))).isEqualTo(READ);
    }

    @Test
    void cached_tokens_are_counted_once() {
        assertThat(
                        read(
                                "{\"prompt_tokens\":10,\"completion_tokens\":5,\"prompt_tokens_details\":{\"cached_tokens\":8}}"))
                .isEqualTo(new Usage(2, 8, 0, 0, 0, 5, 0, 0));
        assertThat(
                        read(
                                "{\"prompt_tokens\":10,\"completion_tokens\":5,\"prompt_cache_hit_tokens\":8,\"prompt_cache_miss_tokens\":2}"))
                .as("DeepSeek")
                .isEqualTo(new Usage(2, 8, 0, 0, 0, 5, 0, 0));
        assertThat(read("{\"prompt_tokens\":10,\"completion_tokens\":5,\"cached_tokens\":8}"))
                .as("Moonshot")
                .isEqualTo(new Usage(2, 8, 0, 0, 0, 5, 0, 0));
        assertThat(
                        read(
                                "{\"prompt_tokens\":10,\"completion_tokens\":5,\"num_cached_tokens\":8,\"prompt_tokens_details\":{\"cached_tokens\":8}}"))
                .as("Mistral")
                .isEqualTo(new Usage(2, 8, 0, 0, 0, 5, 0, 0));
        assertThat(
                        read(
                                "{\"prompt_tokens\":10,\"completion_tokens\":5,\"prompt_tokens_details\":{\"cached_tokens\":4,\"cache_write_tokens\":3}}"))
                .as("OpenRouter")
                .isEqualTo(new Usage(3, 4, 3, 0, 0, 5, 0, 0));
    }

    @Test
    void reasoning_tokens_are_counted_once_inside_the_output_or_beside_it() {
        assertThat(
                        read(
                                "{\"prompt_tokens\":10,\"completion_tokens\":50,\"total_tokens\":60,\"completion_tokens_details\":{\"reasoning_tokens\":40}}"))
                .as("OpenAI: inside")
                .isEqualTo(new Usage(10, 0, 0, 0, 0, 10, 40, 0));
        assertThat(
                        read(
                                "{\"prompt_tokens\":12,\"completion_tokens\":1,\"total_tokens\":303,\"completion_tokens_details\":{\"reasoning_tokens\":290}}"))
                .as("xAI: beside, as its total says")
                .isEqualTo(new Usage(12, 0, 0, 0, 0, 1, 290, 0));
        ReplySource beside = new ReplySource("m", new UsageTotals(true, true, false));
        String untold =
                "{\"prompt_tokens\":12,\"completion_tokens\":1,\"completion_tokens_details\":{\"reasoning_tokens\":290}}";
        byte[] stream = sse(withUsage(finish("stop"), untold)).getBytes(UTF_8);
        assertThat(ReplyBuilder.collect(ChatBench.events(stream, beside, stream.length))
                        .usage())
                .as("beside, as the provider's file says")
                .isEqualTo(new Usage(12, 0, 0, 0, 0, 1, 290, 0));
    }

    @Test
    void caches_beside_the_input_are_counted_with_it() {
        ReplySource beside = new ReplySource("m", new UsageTotals(false, false, true));
        String usage =
                "{\"prompt_tokens\":10,\"completion_tokens\":5,\"cache_read_input_tokens\":100,\"cache_creation_input_tokens\":20}";
        byte[] stream = sse(withUsage(finish("stop"), usage)).getBytes(UTF_8);
        assertThat(ReplyBuilder.collect(ChatBench.events(stream, beside, stream.length))
                        .usage())
                .isEqualTo(new Usage(10, 100, 20, 0, 0, 5, 0, 0));
    }

    @Test
    void absurd_counts_are_cut_to_their_total_or_not_stated() {
        assertThat(
                        read(
                                "{\"prompt_tokens\":10,\"completion_tokens\":-5,\"prompt_tokens_details\":{\"cached_tokens\":80}}"))
                .isEqualTo(new Usage(0, 10, 0, 0, 0, 0, 0, 0));
        assertThat(read("{\"prompt_tokens\":\"ten\",\"completion_tokens\":1e400,\"prompt_tokens_details\":[]}"))
                .isEqualTo(Usage.NONE);
        assertThat(read("{\"prompt_tokens\":9223372036854775807,\"completion_tokens\":9223372036854775807}"))
                .isEqualTo(Usage.NONE);
    }

    private static Usage read(String usage) {
        return usage(withUsage(finish("stop"), usage));
    }

    // --- Thinking

    private static Signature field(String name) {
        return new Signature(name, "openai-chat", ChatBench.MODEL);
    }

    @Test
    void thinking_comes_in_any_field_and_says_which() {
        for (String name : List.of("reasoning_content", "reasoning")) {
            Choice choice = only(sse(
                    delta("{\"role\":\"assistant\",\"content\":null,\"" + name + "\":\"Let \"}"),
                    delta("{\"" + name + "\":\"me see\"}"),
                    delta("{\"content\":\"Hi\",\"" + name + "\":null}"),
                    finish("stop")));
            assertThat(choice.contents())
                    .containsExactly(new Content.Thinking("Let me see", field(name)), new Content.Text("Hi"));
        }
    }

    @Test
    void the_same_thinking_in_two_fields_is_told_once() {
        Choice choice = only(sse(
                delta("{\"reasoning\":\"Hm\",\"reasoning_content\":\"Hm\"}"),
                delta("{\"content\":\"Hi\"}"),
                finish("stop")));
        assertThat(choice.contents())
                .containsExactly(new Content.Thinking("Hm", field("reasoning_content")), new Content.Text("Hi"));
    }

    @Test
    void thinking_in_a_list_of_contents_is_thinking() {
        Choice choice = only(sse(
                delta("{\"content\":[{\"type\":\"thinking\",\"thinking\":[{\"type\":\"text\",\"text\":\"Hm\"}]}]}"),
                delta("{\"content\":[{\"type\":\"thinking\",\"thinking\":[{\"type\":\"text\",\"text\":\".\"}]}]}"),
                delta("{\"content\":[{\"type\":\"text\",\"text\":\"Hi\"}]}"),
                delta("{\"content\":\"!\"}"),
                finish("stop")));
        assertThat(choice.contents())
                .containsExactly(new Content.Thinking("Hm.", field("content")), new Content.Text("Hi!"));
    }

    @Test
    void a_signature_behind_the_thinking_belongs_to_it() {
        Choice choice = only(sse(
                delta(
                        "{\"reasoning\":\"Hm\",\"reasoning_details\":[{\"type\":\"reasoning.text\",\"text\":\"Hm\",\"index\":0,\"format\":\"anthropic-claude-v1\"}]}"),
                delta(
                        "{\"reasoning\":\".\",\"reasoning_details\":[{\"type\":\"reasoning.text\",\"text\":\".\",\"index\":0}]}"),
                delta("{\"reasoning_details\":[{\"type\":\"reasoning.text\",\"signature\":\"c2ln\",\"index\":0}]}"),
                delta("{\"content\":\"Hi\"}"),
                finish("stop")));
        assertThat(choice.contents())
                .containsExactly(
                        new Content.Thinking(
                                "Hm.",
                                field(
                                        "{\"type\":\"reasoning.text\",\"index\":0,\"format\":\"anthropic-claude-v1\",\"signature\":\"c2ln\"}")),
                        new Content.Text("Hi"));
    }

    @Test
    void a_block_that_is_nothing_but_a_signature_is_kept() {
        Choice choice = only(sse(
                delta(
                        "{\"reasoning_details\":[{\"type\":\"reasoning.text\",\"text\":\"\",\"signature\":\"c2ln\",\"index\":0}]}"),
                delta("{\"reasoning_details\":[{\"type\":\"reasoning.encrypted\",\"data\":\"ZGF0YQ==\",\"index\":1}]}"),
                delta("{\"content\":\"Hi\"}"),
                finish("stop")));
        assertThat(choice.contents())
                .containsExactly(
                        new Content.Thinking(
                                "", field("{\"type\":\"reasoning.text\",\"signature\":\"c2ln\",\"index\":0}")),
                        new Content.RedactedThinking(
                                field("{\"type\":\"reasoning.encrypted\",\"data\":\"ZGF0YQ==\",\"index\":1}")),
                        new Content.Text("Hi"));
    }

    @Test
    void a_detail_that_repeats_what_the_plain_field_has_said_signs_it() {
        Choice choice = only(sse(
                delta("{\"reasoning_content\":\"H\"}"),
                delta("{\"reasoning_content\":\"m\"}"),
                delta(
                        "{\"reasoning_details\":[{\"type\":\"reasoning.text\",\"text\":\"Hm\",\"signature\":\"c2ln\",\"index\":0}]}"),
                delta("{\"reasoning_content\":\"More\"}"),
                finish("stop")));
        assertThat(choice.contents())
                .containsExactly(
                        new Content.Thinking(
                                "Hm", field("{\"type\":\"reasoning.text\",\"signature\":\"c2ln\",\"index\":0}")),
                        new Content.Thinking("More", field("reasoning_content")));
    }

    @Test
    void a_summary_of_thinking_is_called_one() {
        Choice choice = only(sse(
                delta(
                        "{\"reasoning\":\"Hm\",\"reasoning_details\":[{\"type\":\"reasoning.summary\",\"summary\":\"Hm\",\"index\":0}]}"),
                finish("stop")));
        assertThat(choice.contents())
                .containsExactly(
                        new Content.Thinking("Hm", true, field("{\"type\":\"reasoning.summary\",\"index\":0}")));
    }

    @Test
    void google_s_signature_of_a_call_belongs_to_the_call() {
        Choice choice = only(sse(
                delta(
                        "{\"tool_calls\":[{\"index\":0,\"id\":\"a\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"},\"extra_content\":{\"google\":{\"thought_signature\":\"c2ln\"}}}]}"),
                finish("tool_calls")));
        assertThat(choice.contents())
                .containsExactly(new Content.ToolCall("a", "f", Tool.Kind.FUNCTION, "{}", null, field("c2ln")));
    }

    // --- Other contents

    @Test
    void unicode_split_between_chunks_is_put_together() {
        Choice choice = only(sse(
                delta("{\"content\":\"a\\ud83d\"}"),
                delta("{\"content\":\"\\ude00b\"}"),
                delta("{\"content\":\"\\ud83d\"}"),
                finish("stop")));
        assertThat(choice.contents()).containsExactly(new Content.Text("a\ud83d\ude00b\ufffd"));
    }

    @Test
    void unicode_split_within_arguments_is_put_together() {
        Choice choice = only(sse(
                delta(
                        "{\"tool_calls\":[{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"{\\\"x\\\":\\\"\\ud83d\"}}]}"),
                delta("{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"\\ude00\\\"}\"}}]}"),
                finish("tool_calls")));
        assertThat(choice.contents()).containsExactly(call("a", "f", "{\"x\":\"\ud83d\ude00\"}"));
    }

    @Test
    void a_refusal_is_a_refusal_and_so_is_the_reason() {
        Choice choice = only(sse(
                delta("{\"role\":\"assistant\",\"content\":\"\",\"refusal\":null}"),
                delta("{\"refusal\":\"I'm \"}"),
                delta("{\"refusal\":\"sorry\"}"),
                finish("stop")));
        assertThat(choice).isEqualTo(new Choice(0, List.of(new Content.Refusal("I'm sorry")), FinishReason.REFUSAL));
    }

    @Test
    void log_probabilities_are_kept_in_order() {
        String token =
                "{\"token\":\"%s\",\"logprob\":-0.5,\"bytes\":[72],\"top_logprobs\":[{\"token\":\"H\",\"logprob\":-0.5,\"bytes\":null}]}";
        Choice choice = only(sse(
                chunk("{\"index\":0,\"delta\":{\"content\":\"H\"},\"logprobs\":{\"content\":[" + token.formatted("H")
                        + "],\"refusal\":null}}"),
                chunk("{\"index\":0,\"delta\":{\"content\":\"i\"},\"logprobs\":{\"content\":[" + token.formatted("i")
                        + "]}}"),
                finish("stop")));
        Logprobs.Candidate top = new Logprobs.Candidate("H", -0.5, null);
        assertThat(choice.logprobs())
                .isEqualTo(new Logprobs(
                        List.of(
                                new Logprobs.Token(new Logprobs.Candidate("H", -0.5, List.of(72)), List.of(top)),
                                new Logprobs.Token(new Logprobs.Candidate("i", -0.5, List.of(72)), List.of(top))),
                        List.of()));
    }

    @Test
    void several_choices_interleaved_stay_apart() {
        ChatReply reply = collected(sse(
                chunk("{\"index\":1,\"delta\":{\"content\":\"B\"}}"),
                chunk("{\"index\":0,\"delta\":{\"content\":\"A\"}}"),
                chunk("{\"index\":1,\"delta\":{\"content\":\"b\"}},{\"index\":0,\"delta\":{\"content\":\"a\"}}"),
                chunk("{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}"),
                chunk("{\"index\":1,\"delta\":{},\"finish_reason\":\"length\"}")));
        assertThat(reply.choices())
                .containsExactly(
                        new Choice(0, List.of(new Content.Text("Aa")), FinishReason.STOP),
                        new Choice(1, List.of(new Content.Text("Bb")), FinishReason.MAX_TOKENS));
    }

    @Test
    void a_choice_that_nobody_can_have_asked_for_is_a_failure() {
        assertThat(failure(sse(chunk("{\"index\":99999999,\"delta\":{\"content\":\"B\"}}")))
                        .kind())
                .isEqualTo(ChatFailure.Kind.SERVER_ERROR);
    }

    @Test
    void a_message_beside_the_delta_repeats_it_and_is_ignored() {
        Choice choice = only(
                sse(
                        chunk(
                                "{\"index\":0,\"delta\":{\"content\":\"H\"},\"message\":{\"role\":\"assistant\",\"content\":\"H\"}}"),
                        chunk(
                                "{\"index\":0,\"delta\":{\"content\":\"i\"},\"message\":{\"role\":\"assistant\",\"content\":\"Hi\"},\"finish_reason\":\"stop\"}")));
        assertThat(choice.contents()).containsExactly(new Content.Text("Hi"));
    }

    @Test
    void a_complete_reply_as_the_only_event_is_an_answer() {
        Choice choice = only(sse(chunk(
                "{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"Hi\"},\"finish_reason\":\"stop\"}")));
        assertThat(choice.contents()).containsExactly(new Content.Text("Hi"));
    }

    @Test
    void annotations_cite_the_text_at_hand() {
        String cited =
                "{\"type\":\"url_citation\",\"url_citation\":{\"url\":\"https://e.org\",\"title\":\"E\",\"start_index\":1,\"end_index\":3}}";
        Choice choice =
                only(sse(delta("{\"content\":\"a😀b\"}"), delta("{\"annotations\":[" + cited + "]}"), finish("stop")));
        assertThat(choice.contents())
                .containsExactly(new Content.Text(
                        "a😀b",
                        List.of(new Citation.Web("https://e.org", "E", null, new Citation.Range(1, 3), null)),
                        null,
                        null));
    }

    @Test
    void perplexity_s_pages_are_cited_once_though_every_chunk_lists_them() {
        String pages =
                ",\"citations\":[\"https://a.org\",\"https://b.org\"],\"search_results\":[{\"url\":\"https://b.org\",\"title\":\"B\"}]}";
        String one = delta("{\"content\":\"Hi\"}");
        String two = finish("stop");
        Choice choice =
                only(sse(one.substring(0, one.length() - 1) + pages, two.substring(0, two.length() - 1) + pages));
        assertThat(choice.contents())
                .containsExactly(new Content.Text(
                        "Hi",
                        List.of(
                                new Citation.Web("https://a.org", null, null, null, null),
                                new Citation.Web("https://b.org", "B", null, null, null)),
                        null,
                        null));
    }

    @Test
    void sound_is_joined_and_keeps_its_id() {
        Choice choice = only(sse(
                delta("{\"audio\":{\"id\":\"audio_1\",\"transcript\":\"He\"}}"),
                delta("{\"audio\":{\"data\":\"AAAA\",\"transcript\":\"y\"}}"),
                delta("{\"audio\":{\"data\":\"AQ==\",\"expires_at\":9}}"),
                finish("stop")));
        assertThat(choice.contents())
                .containsExactly(new Content.Audio(new Source.Base64(null, "AAAAAQ=="), "Hey", "audio_1"));
    }

    @Test
    void a_picture_beside_the_content_is_a_picture() {
        Choice choice = only(sse(
                delta(
                        "{\"content\":\"Look\",\"images\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,AAAA\"}}]}"),
                finish("stop")));
        assertThat(choice.contents())
                .containsExactly(new Content.Text("Look"), new Content.Image(new Source.Base64("image/png", "AAAA")));
    }

    @Test
    void what_nobody_knows_is_told_once_as_an_extra() {
        String more = ",\"system_fingerprint\":\"fp\",\"obfuscation\":\"xyz\"}";
        String one = delta("{\"content\":\"Hi\"}");
        String two = finish("stop");
        ChatReply reply =
                collected(sse(one.substring(0, one.length() - 1) + more, two.substring(0, two.length() - 1) + more));
        assertThat(reply.extras()).extracting("name").containsExactly("system_fingerprint");
    }

    @Test
    void text_is_handed_on_at_once() {
        List<ChatEvent> events = new ArrayList<>();
        StreamDecoder decoder = ChatBench.CODEC.openDecoder(ChatBench.SOURCE);
        ChatBench.feed(decoder, ("data: " + delta("{\"content\":\"Hi\"}") + "\n\n").getBytes(UTF_8), events::add);
        assertThat(events)
                .containsExactly(
                        new ChatEvent.Started("c1", "m", 7L, null),
                        new ChatEvent.BlockStarted(0, 0, new Block.Text()),
                        new ChatEvent.TextDelta(0, 0, "Hi"));
    }
}
