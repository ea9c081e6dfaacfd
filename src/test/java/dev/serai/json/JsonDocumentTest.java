package dev.serai.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.json.JsonDocument.Kind;
import java.io.ByteArrayOutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonDocumentTest {
    @Test
    void every_kind_of_value_is_told_and_read() throws JsonException {
        JsonDocument json =
                parse("{\"s\":\"a\\u00e9\\\"\\n\\ud83d\\ude00é\",\"n\":-12,\"t\":true,\"f\":false,\"z\":null,"
                        + "\"a\":[\"x\",\"y\\t\"],\"o\":{\"k\":\"v\"}}");

        assertThat(json.kind("s")).isEqualTo(Kind.STRING);
        assertThat(json.string("s")).isEqualTo("aé\"\n😀é");
        assertThat(json.kind("n")).isEqualTo(Kind.NUMBER);
        assertThat(json.integer("n", 0)).isEqualTo(-12);
        assertThat(json.kind("t")).isEqualTo(Kind.BOOLEAN);
        assertThat(json.isTrue("t")).isTrue();
        assertThat(json.isTrue("f")).isFalse();
        assertThat(json.kind("z")).isEqualTo(Kind.NULL);
        assertThat(json.strings("a")).containsExactly("x", "y\t");
        assertThat(json.object("o")).isNotNull().extracting(o -> o.string("k")).isEqualTo("v");
        assertThat(json.kind("missing")).isNull();
    }

    @Test
    void a_value_of_another_kind_is_not_read() throws JsonException {
        JsonDocument json =
                parse("{\"s\":\"true\",\"n\":1.5,\"e\":1e3,\"big\":9223372036854775808,\"a\":[\"x\",1],\"o\":{}}");

        assertThat(json.string("n")).isNull();
        assertThat(json.isTrue("s")).isFalse();
        assertThat(json.integer("n", 7)).isEqualTo(7);
        assertThat(json.integer("e", 7)).isEqualTo(7);
        assertThat(json.integer("big", 7)).isEqualTo(7);
        assertThat(json.integer("s", 7)).isEqualTo(7);
        assertThat(json.strings("a")).isNull();
        assertThat(json.strings("o")).isNull();
        assertThat(json.object("a")).isNull();
        assertThat(json.elements("o")).isEmpty();
    }

    @Test
    void the_elements_of_an_array_stand_where_their_spans_say() throws JsonException {
        JsonDocument json = parse("{\"before\":{\"list\":[0]}, \"list\":[ 12 ,\"é\\\"\", {\"k\":[1]},[ ] ,null]}");

        List<String> texts = json.elements("list").stream()
                .map(v -> new String(
                        json.array(), v.span().from(), v.span().to() - v.span().from(), UTF_8))
                .toList();

        assertThat(texts).containsExactly("12", "\"é\\\"\"", "{\"k\":[1]}", "[ ]", "null");
        assertThat(json.object(json.elements("list").get(2)).kind("k")).isEqualTo(Kind.ARRAY);
    }

    @Test
    void a_part_of_an_array_is_read_in_place() throws Exception {
        byte[] bytes = "xx\n {\"a\": {\"b\":\"c\"} } yy".getBytes(UTF_8);

        JsonDocument json = JsonDocument.parse(bytes, 2, bytes.length - 3);

        assertThat(json.array()).isSameAs(bytes);
        assertThat(json.object("a")).isNotNull().extracting(JsonDocument::array).isSameAs(bytes);
        assertThat(new String(json.bytes(), UTF_8)).isEqualTo("\n {\"a\": {\"b\":\"c\"} }");
        assertThat(json.size()).isEqualTo(json.bytes().length);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        json.writeTo(out);
        assertThat(out.toByteArray()).isEqualTo(json.bytes());
    }

    @Test
    void a_byte_order_mark_in_front_is_no_part_of_the_document() throws JsonException {
        JsonDocument json = parse("\ufeff{\"a\":1}");

        assertThat(new String(json.bytes(), UTF_8)).isEqualTo("{\"a\":1}");
        assertThat(new String(json.edit().set("b", "x").toBytes(), UTF_8)).isEqualTo("{\"a\":1,\"b\":\"x\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``                     | the body is empty; it must be a JSON object",
                "` `                    | the body is empty; it must be a JSON object",
                "[1]                    | the body is a JSON array; it must be an object",
                "\"x\"                  | the body is a JSON string; it must be an object",
                "12                     | the body is not a JSON object",
                "model=x&secret=y       | the body is not a JSON object",
                "<html>                 | the body is not a JSON object",
                "{                      | the body ends in the middle of its JSON (line 1, column 2)",
                "{\"a\":\"secr          | the body ends in the middle of its JSON (line 1, column 11)",
                "{\"a\":tru             | the body is not valid JSON (line 1, column 8)",
                "{\"a\":12              | the body ends in the middle of its JSON (line 1, column 8)",
                "{\"a\":[{\"b\":1}     | the body ends in the middle of its JSON (line 1, column 14)",
                "{\"a\":1}{\"b\":2}     | something follows the JSON object (line 1, column 8)",
                "{\"a\":1} secret       | something follows the JSON object (line 1, column 9)",
                "{\"a\":1,\"a\":2}      | the key \"a\" appears twice in one object (line 1, column 11)",
                "{\"a\":{\"é\":1,\"\\u00e9\":2}} | the key \"é\" appears twice in one object (line 1, column 21)",
                "{\"a\":[{\"b\":[],\"b\":2}]} | the key \"b\" appears twice in one object (line 1, column 18)",
                "{\"a\":secret}         | the body is not valid JSON (line 1, column 12)",
                "{\"a\":01}             | the body is not valid JSON (line 1, column 7)",
                "{\"a\":1,}             | the body is not valid JSON (line 1, column 8)",
                "{\"a\":NaN}            | the body is not valid JSON (line 1, column 9)",
                "{'a':1}                | the body is not valid JSON (line 1, column 2)",
                "{\"a\":\"\\x\"}        | the body is not valid JSON (line 1, column 8)",
            })
    void what_is_no_json_object_is_refused_with_the_place_and_without_the_content(String body, String message) {
        assertThatThrownBy(() -> parse(body)).isInstanceOf(JsonException.class).hasMessage(message);
    }

    @Test
    void a_place_is_counted_in_lines_and_characters() {
        assertThatThrownBy(() -> parse("\n{\n  \"é😀\": x}"))
                .hasMessageContaining("the body is not valid JSON (line 3, column ");
        assertThatThrownBy(() -> parse("{\"é😀\":1}x")).hasMessageEndingWith("(line 1, column 9)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "80",
                "C080",
                "C1BF",
                "C3",
                "C328",
                "E0809F",
                "EDA080",
                "F08080AF",
                "F4908080",
                "F5808080",
                "FF",
                "E282"
            })
    void malformed_utf8_is_refused_wherever_it_stands(String hex) {
        String malformed = new String(java.util.HexFormat.of().parseHex(hex), ISO_8859_1);
        for (String body : List.of("{\"a\":\"%s\"}", "{\"%s\":1}", "{\"long enough to be read by eights\":\"é%s\"}")) {
            byte[] bytes =
                    body.replace("é", "\u00c3\u00a9").formatted(malformed).getBytes(ISO_8859_1);
            assertThatThrownBy(() -> JsonDocument.parse(bytes))
                    .hasMessageStartingWith("the body is not valid UTF-8 (line 1");
        }
    }

    @Test
    void every_character_of_unicode_passes() throws JsonException {
        StringBuilder all = new StringBuilder();
        for (int c = 0x20; c <= Character.MAX_CODE_POINT; c += 13) {
            if (c != '"' && c != '\\' && (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)) {
                all.appendCodePoint(c);
            }
        }
        assertThat(parse("{\"a\":\"" + all + "\"}").string("a")).isEqualTo(all.toString());
    }

    @Test
    void another_encoding_is_refused() {
        assertThatThrownBy(() -> JsonDocument.parse("{\"a\":1}".getBytes(UTF_16LE)))
                .isInstanceOf(JsonException.class);
        assertThatThrownBy(() -> JsonDocument.parse("\ufeff{\"a\":1}".getBytes(UTF_16LE)))
                .isInstanceOf(JsonException.class);
    }

    @Test
    void nesting_is_limited_to_512_levels() throws JsonException {
        assertThat(parse(nested(512)).kind("a")).isEqualTo(Kind.OBJECT);
        assertThatThrownBy(() -> parse(nested(513))).hasMessageContaining("deeper than 512 levels");
        assertThatThrownBy(() -> parse(nested(1_000_000))).hasMessageContaining("deeper than 512 levels");
    }

    @Test
    void a_number_is_limited_to_a_thousand_digits_and_keeps_all_of_them() throws JsonException {
        String number = "9".repeat(999);
        assertThat(new String(
                        parse("{\"a\":" + number + "}").edit().set("b", "x").toBytes(), UTF_8))
                .contains(number);
        assertThatThrownBy(() -> parse("{\"a\":" + "9".repeat(1001) + "}"))
                .hasMessageContaining("more than 1000 digits");
    }

    @Test
    void a_string_may_be_as_long_as_the_body() throws JsonException {
        String text = "x".repeat(25_000_000);
        assertThat(parse("{\"a\":\"" + text + "\"}").string("a")).hasSize(text.length());
    }

    private static String nested(int levels) {
        return "{\"a\":".repeat(levels - 1) + "{}" + "}".repeat(levels - 1);
    }

    private static JsonDocument parse(String json) throws JsonException {
        return JsonDocument.parse(json.getBytes(UTF_8));
    }
}
