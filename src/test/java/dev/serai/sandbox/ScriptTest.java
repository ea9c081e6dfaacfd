package dev.serai.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.sandbox.Script.ToolCall;
import dev.serai.sandbox.Script.Words;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScriptTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Property
    void the_words_of_a_text_are_the_text(@ForAll String text) {
        assertThat(new Words(text, 0).pieces().collect(Collectors.joining())).isEqualTo(text);
    }

    @Property
    void the_pieces_of_arguments_are_the_arguments(@ForAll @NotEmpty String arguments) {
        assertThat(new ToolCall("tool", arguments).pieces().collect(Collectors.joining()))
                .isEqualTo(arguments);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'{}'                                                                      | 2",
                "'{\"a\":1}'                                                               | 4",
                "'{\"city\":\"sandbox\",\"country\":\"sandbox\",\"days\":1,\"warm\":true}' | 4",
            })
    void arguments_come_in_several_pieces(String arguments, int pieces) {
        assertThat(new ToolCall("tool", arguments).pieces()).hasSize(pieces);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"type\":\"string\"}                                  | \"sandbox\"",
                "{\"type\":\"integer\"}                                 | 1",
                "{\"type\":\"number\"}                                  | 1",
                "{\"type\":\"boolean\"}                                 | true",
                "{\"type\":\"array\",\"items\":{\"type\":\"string\"}}   | []",
                "{\"type\":\"object\"}                                  | {}",
                "{\"type\":[\"integer\",\"null\"]}                      | 1",
                "{\"type\":\"string\",\"enum\":[\"warm\",\"cold\"]}     | \"warm\"",
                "{\"const\":7}                                          | 7",
                "{\"type\":\"object\",\"required\":[\"b\"],\"properties\":{\"b\":{\"type\":\"null\"}}} | {\"b\":null}",
                "{}                                                     | \"sandbox\"",
            })
    void an_argument_fits_its_schema(String schema, String argument) throws Exception {
        String whole = "{\"type\":\"object\",\"required\":[\"it\"],\"properties\":{\"it\":" + schema
                + ",\"other\":{\"type\":\"string\"}}}";

        assertThat(SampleArguments.of(JSON.readTree(whole))).hasToString("{\"it\":" + argument + "}");
    }

    @ParameterizedTest
    @CsvSource({
        "'', first",
        "'\"auto\"', first",
        "'\"none\"',",
        "'{\"type\":\"none\"}',",
        "'{\"type\":\"tool\",\"name\":\"second\"}', second",
        "'{\"type\":\"function\",\"name\":\"second\"}', second",
        "'{\"type\":\"function\",\"function\":{\"name\":\"second\"}}', second"
    })
    void the_tool_that_a_request_insists_on_is_called(String choice, String called) throws Exception {
        List<Tool> tools = List.of(new Tool("first", JSON.readTree("{}")), new Tool("second", JSON.readTree("{}")));

        Tool chosen = Tool.chosen(tools, JSON.readTree(choice));

        assertThat(chosen == null ? null : chosen.name()).isEqualTo(called);
    }
}
