package dev.serai.dialect.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.conversation.RawJson;
import dev.serai.dialect.Dropped;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** JSON Schema within what Google takes, and Google's older schemas as JSON Schema. */
class GeminiSchemasTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'type':'object','properties':{'a':{'type':'string','minLength':1}},'required':['a'],'additionalProperties':false} | {'type':'object','properties':{'a':{'type':'string','minLength':1}},'required':['a'],'additionalProperties':false} | ``",
                "{'$schema':'x','$id':'y','type':'string','examples':['a'],'deprecated':true} | {'type':'string'} | ``",
                "{'const':'a'} | {'enum':['a']} | ``",
                "{'type':'integer','exclusiveMinimum':0,'exclusiveMaximum':10} | {'type':'integer','minimum':1,'maximum':9} | ``",
                "{'type':'number','exclusiveMinimum':0} | {'type':'number'} | exclusiveMinimum",
                "{'type':'number','multipleOf':5} | {'type':'number'} | multipleOf",
                "{'not':{'type':'string'}} | {} | not",
                "{'type':'object','patternProperties':{'^a':{}},'if':{},'then':{}} | {'type':'object'} | patternProperties if then",
                "{'allOf':[{'type':'object','properties':{'a':{}}},{'properties':{'b':{}},'required':['b']}]} | {'type':'object','properties':{'a':{},'b':{}},'required':['b']} | ``",
                "{'type':'string','allOf':[{'type':'number'}]} | {'type':'string'} | allOf",
                "{'properties':{'a':true,'b':false}} | {'properties':{'a':{},'b':{}}} | false",
                "{'items':[{'type':'string'}]} | {'prefixItems':[{'type':'string'}]} | ``",
                "{'properties':{'a':{'$ref':'#/$defs/A','description':'d'}},'$defs':{'A':{'type':'string','description':'e'}}} | {'properties':{'a':{'type':'string','description':'d'}}} | ``",
                "{'$ref':'#/definitions/A','definitions':{'A':{'type':'object','properties':{'b':{'$ref':'#/definitions/B'}}},'B':{'type':'integer'}}} | {'type':'object','properties':{'b':{'type':'integer'}}} | ``",
                "{'properties':{'a':{'$ref':'https://elsewhere.example/a'}}} | {'properties':{'a':{}}} | $ref",
                "{'$ref':'#/definitions/T','definitions':{'T':{'type':'object','properties':{'next':{'$ref':'#/definitions/T','title':'x'}}}}} | {'$ref':'#/$defs/T','$defs':{'T':{'type':'object','properties':{'next':{'$ref':'#/$defs/T'}}}}} | ``",
                "{'properties':{'multipleOf':{'type':'string'}}} | {'properties':{'multipleOf':{'type':'string'}}} | ``",
                "true | true | ``"
            })
    void a_schema_is_written_as_google_takes_it(String schema, String written, String dropped) {
        Drops drops = new Drops();
        assertThat(Json.text(Schemas.encode(new RawJson(schema.replace('\'', '"')), drops)))
                .isEqualTo(written.replace('\'', '"'));
        assertThat(drops.list()).allMatch(drop -> drop.name().equals("schema_keyword"));
        assertThat(drops.list().stream()
                        .map(Dropped::reason)
                        .map(reason -> reason.replaceAll("^Gemini does not know (.*) in a schema$", "$1"))
                        .collect(Collectors.joining(" ")))
                .isEqualTo(dropped);
    }

    @Test
    void references_that_would_multiply_without_end_stay_references() {
        StringBuilder schema = new StringBuilder("{\"$ref\":\"#/$defs/d0\",\"$defs\":{");
        for (int i = 0; i < 30; i++) {
            String next = "{\"$ref\":\"#/$defs/d" + (i + 1) + "\"}";
            schema.append("\"d" + i + "\":{\"anyOf\":[" + next + "," + next + "]},");
        }
        schema.append("\"d30\":{\"type\":\"string\"}}}");
        String written = Json.text(Schemas.encode(new RawJson(schema.toString()), new Drops()));
        assertThat(written.length()).isLessThan(2 * schema.length());
        assertThat(written).contains("\"$ref\":\"#/$defs/d30\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'type':'OBJECT','properties':{'a':{'type':'ARRAY','items':{'type':'STRING'},'minItems':'2'}}} | {'type':'object','properties':{'a':{'type':'array','items':{'type':'string'},'minItems':2}}}",
                "{'type':'STRING','nullable':true} | {'type':['string','null']}",
                "{'any_of':[{'type':'STRING'}],'nullable':true} | {'anyOf':[{'type':'string'},{'type':'null'}]}",
                "{'type':'TYPE_UNSPECIFIED','description':'d'} | {'description':'d'}",
                "{'type':'object','additionalProperties':false} | {'type':'object','additionalProperties':false}"
            })
    void an_older_schema_becomes_json_schema(String schema, String json) {
        assertThat(Json.text(OpenApiSchemas.toJsonSchema(Wire.tree(schema.replace('\'', '"')))))
                .isEqualTo(json.replace('\'', '"'));
    }

    @ParameterizedTest
    @CsvSource({
        "weather, weather",
        "_a.b:c-d, _a.b:c-d",
        "9lives, _serai.9lives",
        "a b, _serai.a.20b",
        "-x.y, _serai.-x.2ey",
        "_serai.x, _serai._serai.2ex",
        "größe, _serai.gr.c3.b6.c3.9fe",
        "'', _serai."
    })
    void a_name_that_google_refuses_is_changed_and_can_be_changed_back(String name, String written) {
        assertThat(ToolNames.encode(name)).isEqualTo(written);
        assertThat(ToolNames.decode(written)).isEqualTo(name);
    }
}
