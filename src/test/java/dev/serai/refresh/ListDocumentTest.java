package dev.serai.refresh;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListDocumentTest {
    private static ModelList read(String document) throws ListException {
        return ListDocument.parse(document.getBytes(UTF_8)).models("acme", "a list");
    }

    private static String facts(ListedModel model) {
        return model.facts().entrySet().stream()
                .map(fact -> fact.getKey() + " " + OverlayText.flow(fact.getValue()))
                .collect(Collectors.joining("; "));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"id":"a"}                                                 | ''
            {"id":"a","object":"model","created":1,"owned_by":"x"}     | ''
            {"id":"a","display_name":"A One","created_at":"2026-02-04T00:00:00Z","type":"model"} | name A One; released 2026-02-04
            {"id":"a","created_at":"1970-01-01T00:00:00Z"}             | ''
            {"id":"a","max_input_tokens":200000,"max_tokens":64000,"capabilities":{"image_input":{"supported":true},"pdf_input":{"supported":false},"structured_outputs":{"supported":true},"thinking":{"supported":false,"types":{}}}} | context 200000; maxOutput 64000; input [text, image]; lacks [reasoning]; capabilities [structured-output]
            {"id":"a","max_input_tokens":null,"max_tokens":null,"capabilities":null} | ''
            {"id":"a","max_tokens":64000}                              | ''
            {"id":"a","capabilities":{"function_calling":true,"vision":true}} | capabilities [tools]
            {"id":"a","name":"a"}                                      | ''
            {"id":"a","name":"A\\u001b[31m"}                           | ''
            {"id":"a","name":"A\\u202eB"}                              | ''
            {"id":"a","name":7}                                        | ''
            {"id":"a","context_length":128000}                         | context 128000
            {"id":"a","context_window":131072,"max_completion_tokens":8192} | context 131072; maxOutput 8192
            {"id":"a","max_model_len":32768}                           | context 32768
            {"id":"a","max_context_length":65536}                      | context 65536
            {"id":"a","context_length":0}                              | ''
            {"id":"a","context_length":-5}                             | ''
            {"id":"a","context_length":1e400}                          | ''
            {"id":"a","context_length":99999999999}                    | ''
            {"id":"a","context_length":"many"}                         | ''
            {"id":"a","architecture":{"input_modalities":["text","file","smell"],"output_modalities":["text","image"]}} | kind chat; input [text, pdf]; output [text, image]
            {"id":"a","architecture":{"output_modalities":["image"]}}  | kind image; output [image]
            {"id":"a","supported_parameters":["tools","structured_outputs","top_p"]} | capabilities [tools, structured-output]
            {"id":"a","pricing":{"prompt":"0.0000005","completion":"0.0000015"}} | price {input: 0.5, output: 1.5}
            {"id":"a","pricing":{"prompt":0.0000005,"completion":0.0000015}} | price {input: 0.5, output: 1.5}
            {"id":"a","pricing":{"prompt":"0.0000005"}}                | ''
            {"id":"a","pricing":{"prompt":"0","completion":"0","request":"0"}} | price free
            {"id":"a","pricing":{"prompt":"0","completion":"0.000001"}} | price {input: 0, output: 1}
            {"id":"a","pricing":{"prompt":"-1","completion":"-1"}}     | ''
            {"id":"a","pricing":{"input":3,"output":4}}                | ''
            {"id":"a","pricing":{"prompt":"0.0000000000001","completion":"0.0000015"}} | price {input: 0.000001, output: 1.5}
            {"id":"a","expiration_date":"2027-01-31"}                  | lifecycle {shutdown: 2027-01-31}
            {"id":"a","expiration_date":"someday, surely"}             | ''
            {"id":"a","expiration_date":null}                          | ''
            {"id":"a","created_at":"2026-02-04","expiration_date":"2026-02-03"} | released 2026-02-04
            """)
    void what_a_providers_own_list_says_of_a_model(String model, String facts) throws Exception {
        ModelList list = read("{\"data\":[" + model + "]}");
        assertThat(list.models()).hasSize(1);
        assertThat(facts(list.models().get(0))).isEqualTo(facts);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                                                         | ''
            {"id":"a","name":"A One","release_date":"2026-05-05","last_updated":"2026-06-06","open_weights":false} | name A One; released 2026-05-05
            {"release_date":"2026-05"}                                 | ''
            {"limit":{"context":200000,"output":64000}}                | context 200000; maxOutput 64000
            {"limit":{"context":0,"output":0}}                         | ''
            {"modalities":{"input":["text","image","pdf"],"output":["text"]}} | kind chat; input [text, image, pdf]; output [text]
            {"modalities":{"input":["text"],"output":["audio"]}}       | input [text]; output [audio]
            {"tool_call":true,"reasoning":false,"structured_output":true} | capabilities [tools, structured-output]; lacks [reasoning]
            {"tool_call":{"supported":true,"parallel":false}}          | capabilities [tools]
            {"status":"deprecated"}                                    | lifecycle deprecated
            {"status":"beta"}                                          | lifecycle preview
            {"cost":{"input":3,"output":15,"cache_read":0.3,"cache_write":3.75}} | price {input: 3, output: 15, cacheRead: 0.3, cacheWrite5m: 3.75}
            {"cost":{"input":3,"output":15,"cache_read":0}}            | price {input: 3, output: 15}
            {"cost":{"input":0,"output":0,"cache_read":0}}             | price free
            {"cost":{"input":3,"output":15,"reasoning":20,"input_audio":6,"output_audio":60}} | price {input: 3, output: 15, reasoning: 20, inputAudio: 6, outputAudio: 60}
            {"cost":{"input":2,"output":12,"context_over_200k":{"input":4,"output":18}}} | price {input: 2, output: 12, above: {200000: {input: 4, output: 18}}}
            {"cost":{"input":5,"output":30,"tiers":[{"input":10,"output":45,"tier":{"type":"context","size":272000}}],"context_over_200k":{"input":10,"output":45}}} | price {input: 5, output: 30, above: {272000: {input: 10, output: 45}}}
            """)
    void what_a_document_of_models_devs_form_says_of_a_model(String model, String facts) throws Exception {
        ModelList list = read("{\"acme\":{\"id\":\"acme\",\"models\":{\"a\":" + model + "}}}");
        assertThat(facts(list.models().get(0))).isEqualTo(facts);
    }

    @Test
    void of_a_model_that_embeds_models_dev_knows_no_output() throws Exception {
        ModelList list = read("""
                {"acme": {"models": {"text-embed-1": {"tool_call": false, "limit": {"context": 8191, "output": 3072},
                 "modalities": {"input": ["text"], "output": ["text"]}, "cost": {"input": 0.13, "output": 0}}}}}
                """);
        assertThat(facts(list.models().get(0))).isEqualTo("context 8191; input [text]; price {input: 0.13}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "pricing":{"prompt":"0.000001","completion":"0.000001","request":"0.5"} | it has a price per request
            "pricing":{"prompt":"0.000001","completion":"cheap"}        | 'completion' in its price is no number
            "pricing":{"prompt":"0.000001","completion":"-2"}           | 'completion' in its price cannot be an amount
            "pricing":{"prompt":"2","completion":"2"}                   | 'prompt' in its price cannot be an amount
            "pricing":{"prompt":"1e-999999","completion":"1"}           | 'prompt' in its price is no number
            "pricing":{"prompt":"0.000001","completion":"0.000001","per_second":"1"} | its price has a part 'per_second' that Serai does not know
            "pricing":{"prompt":"0.000001","completion":"0.000001","overrides":[{"weekday":1,"prompt":"0"}]} | it has prices for other conditions than the length of the input
            """)
    void a_price_that_cannot_be_said_whole_is_left_out_and_told(String pricing, String why) throws Exception {
        ModelList list = read("{\"data\":[{\"id\":\"a\"," + pricing + "}]}");
        assertThat(facts(list.models().get(0))).isEmpty();
        assertThat(list.remarks()).containsExactly("a: price left out: " + why);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            <html>                              | it is not JSON: line 1 cannot be read
            ''                                  | it is neither a list of models
            {"data":[{"id":"a"}]} x             | it is not JSON
            {"data":[],"data":[]}               | it is not JSON
            {"data":{"a":1}}                    | it is neither a list of models
            {}                                  | it is neither a list of models
            7                                   | it is neither a list of models
            {"acme":{"models":[]}}              | it is neither a list of models
            {"data":[]}                         | it has no models
            {"acme":{"models":{}}}              | it has no models
            {"data":[{"id":"a"},{"name":"b"}]}  | its model number 2 has no usable id
            {"data":[{"id":"a b"}]}             | its model number 1 has no usable id
            {"data":[{"id":"a","n":1e400999999999999999999992}]} | it cannot be read
            {"data":["a"]}                      | its model number 1 has no usable id
            {"other":{"models":{"a":{}}}}       | it knows no provider 'acme'
            """)
    void an_odd_document_is_refused_with_a_reason(String document, String reason) {
        assertThatThrownBy(() -> read(document))
                .isInstanceOf(ListException.class)
                .hasMessageStartingWith(reason);
    }

    @Test
    void a_document_beyond_the_caps_is_refused() {
        String many = IntStream.rangeClosed(0, 10_000)
                .mapToObj(number -> "{\"id\":\"m" + number + "\"}")
                .collect(Collectors.joining(","));
        assertThatThrownBy(() -> read("{\"data\":[" + many + "]}"))
                .hasMessage("it has more than 10000 models for one provider");
        assertThatThrownBy(() -> ListDocument.parse(new byte[ListDocument.MAX_BYTES + 1]))
                .hasMessage("it is larger than 16777216 bytes");
        assertThatThrownBy(() -> read("[".repeat(100) + "]".repeat(100))).hasMessageStartingWith("it is not JSON");
    }

    @Test
    void of_two_models_of_one_name_the_first_counts() throws Exception {
        ModelList list = read(
                "[{\"id\":\"A\",\"context_length\":1},{\"id\":\"a\",\"context_length\":2}," + "{\"id\":\"models/b\"}]");
        assertThat(list.models()).extracting(ListedModel::id).containsExactly("A", "b");
        assertThat(facts(list.models().get(0))).isEqualTo("context 1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"data":[{"id":"a"}]}                                   | true
            {"data":[{"id":"a"}],"has_more":false}                  | true
            {"data":[{"id":"a"}],"has_more":true}                   | false
            {"data":[{"id":"a"}],"links":{"next":"/v1/models?2"}}   | false
            {"acme":{"models":{"a":{}}}}                            | true
            """)
    void a_list_says_whether_there_is_more(String document, boolean complete) throws Exception {
        assertThat(read(document).complete()).isEqualTo(complete);
    }
}
