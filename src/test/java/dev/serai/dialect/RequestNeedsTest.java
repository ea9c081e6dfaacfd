package dev.serai.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.dialect.RequestNeeds.Input;
import dev.serai.dialect.anthropic.AnthropicMessages;
import dev.serai.dialect.gemini.Gemini;
import dev.serai.dialect.openai.OpenAiChat;
import dev.serai.dialect.openai.OpenAiEmbeddings;
import dev.serai.dialect.openai.OpenAiResponses;
import dev.serai.json.JsonDocument;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What requests ask of a model, dialect by dialect. */
class RequestNeedsTest {
    private static final List<Dialect> DIALECTS = List.of(
            new OpenAiChat(), new OpenAiResponses(), new OpenAiEmbeddings(), new AnthropicMessages(), new Gemini());

    private static RequestNeeds needs(String dialect, String json) throws Exception {
        Dialect spoken = DIALECTS.stream()
                .filter(each -> each.id().equals(dialect))
                .findFirst()
                .orElseThrow();
        return new RequestNeeds(JsonDocument.parse(json.getBytes(UTF_8)), spoken.needs());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "-", textBlock = """
            openai-chat        | {"messages":[{"role":"user","content":"an \\"image_url\\" in words"}]} | -
            openai-chat        | {"messages":[{"content":[{"type":"text","text":"hi"}]}]}              | -
            openai-chat        | {"messages":[{"content":[{"type":"image_url","image_url":{"url":"u"}}]}]} | IMAGE
            openai-chat        | {"messages":[{"content":[{"image_url":"u","type":"image_url"}]}]}     | IMAGE
            openai-chat        | {"messages":[{"content":"x"},{"content":[{"type":"input_audio","input_audio":{"data":"d","format":"wav"}}]}]} | AUDIO
            openai-chat        | {"messages":[{"content":[{"type":"video_url","video_url":{"url":"u"}}]}]} | VIDEO
            openai-chat        | {"messages":[{"content":[{"type":"file","file":{"file_data":"data:application/pdf;base64,AA"}}]}]} | DOCUMENT
            openai-chat        | {"messages":[{"content":[{"type":"file","file":{"file_data":"data:text/csv;base64,AA"}}]}]} | -
            openai-chat        | {"messages":[{"content":[{"type":"file","file":{"file_id":"f"}}]}]}   | -
            openai-chat        | {"messages":[{"content":[{"image_url":1},{"input_audio":1}]}]}        | AUDIO IMAGE
            openai-chat        | {"metadata":{"image_url":"u"},"messages":[]}                          | -
            openai-chat        | {"messages":[{"tool_calls":[{"function":{"arguments":"x"},"image_url":1}]}]} | -
            openai-chat        | {"messages":"image_url","image_url":1}                                | -
            openai-chat        | {"messages":{"image_url":1}}                                          | -
            openai-responses   | {"input":"an image"}                                                  | -
            openai-responses   | {"input":[{"role":"user","content":"input_image"}]}                   | -
            openai-responses   | {"input":[{"content":[{"type":"input_image","image_url":"u"}]}]}      | IMAGE
            openai-responses   | {"input":[{"content":[{"type":"input_audio","input_audio":{}}]}]}     | AUDIO
            openai-responses   | {"input":[{"content":[{"type":"input_file","file_data":"data:application/pdf;base64,AA"}]}]} | DOCUMENT
            openai-responses   | {"input":[{"content":[{"type":"input_file","file_url":"u"}]}]}        | -
            openai-responses   | {"input":[{"type":"function_call_output","output":[{"type":"input_image"}]}]} | IMAGE
            openai-responses   | {"input":[{"type":"function_call","arguments":"{\\"type\\":\\"input_image\\"}"}]} | -
            openai-responses   | {"tools":[{"type":"input_image"}],"input":[]}                         | -
            anthropic-messages | {"messages":[{"content":"an image"}]}                                 | -
            anthropic-messages | {"messages":[{"content":[{"type":"image","source":{"type":"url","url":"u"}}]}]} | IMAGE
            anthropic-messages | {"messages":[{"content":[{"source":{"data":"AA","type":"base64"},"type":"document"}]}]} | DOCUMENT
            anthropic-messages | {"messages":[{"content":[{"type":"document","source":{"type":"text","data":"t"}}]}]} | -
            anthropic-messages | {"messages":[{"content":[{"type":"document","source":{"type":"file","file_id":"f"}}]}]} | -
            anthropic-messages | {"messages":[{"content":[{"type":"tool_result","content":[{"type":"image"}]}]}]} | IMAGE
            anthropic-messages | {"messages":[{"content":[{"type":"tool_use","input":{"type":"image"}}]}]} | -
            anthropic-messages | {"messages":[{"content":[{"type":7,"source":"document"},{"type":"document"},3]}]} | -
            gemini             | {"contents":[{"parts":[{"text":"an image"}]}]}                        | -
            gemini             | {"contents":[{"parts":[{"inlineData":{"mimeType":"image/png","data":"AA"}}]}]} | IMAGE
            gemini             | {"contents":[{"parts":[{"inline_data":{"data":"AA","mime_type":"AUDIO/wav"}}]}]} | AUDIO
            gemini             | {"contents":[{"parts":[{"fileData":{"mimeType":"video/mp4","fileUri":"u"}}]}]} | VIDEO
            gemini             | {"contents":[{"parts":[{"file_data":{"mime_type":"application/pdf"}}]}]} | DOCUMENT
            gemini             | {"contents":[{"parts":[{"inlineData":{"mimeType":"text/csv"}},{"fileData":{}}]}]} | -
            gemini             | {"contents":[{"parts":[{"functionCall":{"args":{"inlineData":{"mimeType":"image/png"}}}}]}]} | -
            openai-embeddings  | {"input":["image_url"]}                                               | -
            """)
    void inputs_are_found_where_the_dialect_puts_them(String dialect, String json, @Nullable String inputs)
            throws Exception {
        Set<String> found = new TreeSet<>();
        needs(dialect, json).inputs().forEach(input -> found.add(input.name()));
        assertThat(String.join(" ", found)).isEqualTo(inputs == null ? "" : inputs);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            openai-chat        | {"tools":[{"type":"function"}]}     | true
            openai-chat        | {"functions":[{"name":"f"}]}        | true
            openai-chat        | {"tools":[]}                        | false
            openai-chat        | {"tools":null}                      | false
            openai-chat        | {}                                  | false
            openai-responses   | {"tools":[{"type":"web_search"}]}   | true
            openai-responses   | {"tools":[]}                        | false
            anthropic-messages | {"tools":[{"name":"f"}]}            | true
            anthropic-messages | {}                                  | false
            gemini             | {"tools":[{"googleSearch":{}}]}     | true
            gemini             | {"contents":[]}                     | false
            openai-embeddings  | {"tools":[1]}                       | false
            """)
    void tools_are_a_list_with_something_in_it(String dialect, String json, boolean tools) throws Exception {
        assertThat(needs(dialect, json).tools()).isEqualTo(tools);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            openai-chat        | {"response_format":{"type":"json_schema","json_schema":{}}} | true
            openai-chat        | {"response_format":{"type":"json_object"}}                  | false
            openai-chat        | {"response_format":"json_schema"}                           | false
            openai-responses   | {"text":{"format":{"type":"json_schema"}}}                  | true
            openai-responses   | {"text":{"format":{"type":"text"}}}                         | false
            openai-responses   | {"text":{}}                                                 | false
            anthropic-messages | {"output_format":{"type":"json_schema"}}                    | true
            anthropic-messages | {"output_config":{"format":{"type":"json_schema"}}}         | true
            anthropic-messages | {"output_config":{"effort":"low"}}                          | false
            anthropic-messages | {}                                                          | false
            gemini             | {"generationConfig":{"responseSchema":{}}}                  | true
            gemini             | {"generation_config":{"response_json_schema":{}}}           | true
            gemini             | {"generationConfig":{"responseMimeType":"application/json"}} | false
            """)
    void a_schema_is_demanded_by_the_format_of_the_answer(String dialect, String json, boolean schema)
            throws Exception {
        assertThat(needs(dialect, json).schema()).isEqualTo(schema);
    }

    @Test
    void a_request_is_longer_than_a_window_if_it_has_more_words() throws Exception {
        RequestNeeds needs = needs("openai-chat", "{\"messages\":[{\"content\":\"" + "word ".repeat(1_000) + "\"}]}");
        assertThat(needs.isLongerThan(999)).isTrue();
        assertThat(needs.isLongerThan(1_000)).isFalse();
        assertThat(needs.tokensAbout()).isEqualTo(1_250);
    }

    @Test
    void a_picture_makes_no_request_long() throws Exception {
        RequestNeeds needs = needs(
                "openai-chat",
                "{\"messages\":[{\"content\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,"
                        + "Ab9/".repeat(100_000) + "\"}}]}]}");
        assertThat(needs.isLongerThan(10)).isFalse();
        assertThat(needs.tokensAbout()).isLessThan(20);
    }

    @Test
    void a_batch_of_texts_to_embed_does_not_fill_one_window() throws Exception {
        String texts = String.join(",", Collections.nCopies(1_000, "\"one two\""));
        assertThat(needs("openai-embeddings", "{\"input\":[" + texts + "]}").isLongerThan(100))
                .isFalse();
    }

    @Test
    void a_byte_order_mark_hides_nothing() throws Exception {
        assertThat(needs("openai-chat", "\ufeff{\"messages\":[{\"content\":[{\"image_url\":1}]}]}")
                        .inputs())
                .containsExactly(Input.IMAGE);
    }
}
