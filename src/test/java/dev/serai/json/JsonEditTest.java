package dev.serai.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonEditTest {
    private static final ObjectMapper TREE = new ObjectMapper();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"x\":1}                 | {}",
                "{ \"x\" : 1 }             | { }",
                "{\"x\":1,\"b\":2}         | {\"b\":2}",
                "{ \"x\":1 , \"b\" : 2 }   | { \"b\" : 2 }",
                "{\"a\":1,\"x\":2,\"b\":3} | {\"a\":1,\"b\":3}",
                "{\"a\":1 , \"x\":2 }      | {\"a\":1 }",
                "{\"a\":1.0e0,\"b\":[ ]}   | {\"a\":1.0e0,\"b\":[ ]}",
                "{\"a\":{\"x\":1}}         | {\"a\":{\"x\":1}}",
                "{\"\\u0078\":1,\"b\":2}   | {\"b\":2}",
            })
    void removing_x_leaves_correct_commas(String before, String after) throws JsonException {
        assertThat(edited(parse(before).edit().remove("x"))).isEqualTo(after);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                        | {\"x\":\"new\"}",
                "{ }                       | {\"x\":\"new\" }",
                "{\"a\":1}                 | {\"a\":1,\"x\":\"new\"}",
                "{\"a\":1 }                | {\"a\":1,\"x\":\"new\" }",
                "{\"x\":1,\"b\":2}         | {\"x\":\"new\",\"b\":2}",
                "{\"a\":1, \"x\" : [1] }   | {\"a\":1, \"x\" : \"new\" }",
            })
    void setting_x_keeps_its_place_or_appends_it(String before, String after) throws JsonException {
        assertThat(edited(parse(before).edit().set("x", "new"))).isEqualTo(after);
    }

    @Test
    void an_edit_that_changes_nothing_gives_the_same_array() throws JsonException {
        byte[] bytes = "{\"a\": 1}".getBytes(UTF_8);

        assertThat(JsonDocument.parse(bytes).edit().toBytes()).isSameAs(bytes);
        assertThat(JsonDocument.parse(bytes).edit().remove("b").toBytes()).isSameAs(bytes);
    }

    @Test
    void a_text_is_escaped_and_half_a_surrogate_pair_is_replaced() throws JsonException {
        byte[] bytes = parse("{}").edit().set("k\"\n", "a\"\\\n\u0001é😀\ud800").toBytes();

        assertThat(JsonDocument.parse(bytes).string("k\"\n")).isEqualTo("a\"\\\n\u0001é😀?");
    }

    @Property
    void an_edit_equals_the_same_edit_of_a_tree_and_leaves_other_members_alone(
            @ForAll("members") List<Member> members, @ForAll("edits") List<Edit> edits) throws Exception {
        String before = members.stream().map(Member::text).collect(Collectors.joining(",", " {\t", "\r\n} "));
        JsonEdit edit = parse(before).edit();
        ObjectNode tree = (ObjectNode) TREE.readTree(before);
        List<String> touched = new ArrayList<>();
        for (Edit one : edits) {
            touched.add(one.name);
            if (one.value == null) {
                edit.remove(one.name);
                tree.remove(one.name);
            } else {
                edit.set(one.name, one.value.getBytes(UTF_8));
                tree.set(one.name, TREE.readTree(one.value));
            }
        }

        String after = edited(edit);

        assertThat(TREE.readTree(after)).isEqualTo(tree);
        JsonDocument.parse(after.getBytes(UTF_8));
        assertThat(members).allSatisfy(m -> assertThat(touched.contains(m.name) || after.contains(m.bare()))
                .isTrue());
    }

    @Property
    void an_edit_inside_an_object_equals_the_same_edit_of_a_tree(
            @ForAll("members") List<Member> members,
            @ForAll("edits") List<Edit> before,
            @ForAll("edits") List<Edit> inside,
            @ForAll("edits") List<Edit> after)
            throws Exception {
        String object = members.stream().map(Member::text).collect(Collectors.joining(",", "{ ", "\n}"));
        String text = "{\"a\" :" + object + " ,\"untouched\": 1.0 }";
        JsonEdit edit = parse(text).edit();
        ObjectNode tree = (ObjectNode) TREE.readTree(text);
        applyAll(before, edit, tree);
        JsonEdit opened = edit.object("a");
        assertThat(opened != null).isEqualTo(tree.path("a").isObject());
        if (opened != null) {
            applyAll(inside, opened, (ObjectNode) tree.get("a"));
        }
        assertThat(edit.kind("a")).isEqualTo(parse(tree.toString()).kind("a"));
        byte[] value = edit.value("a");
        assertThat(value == null ? null : TREE.readTree(value)).isEqualTo(tree.get("a"));
        applyAll(after, edit, tree);

        String changed = edited(edit);

        assertThat(TREE.readTree(changed)).isEqualTo(tree);
        assertThat(changed).contains("\"untouched\": 1.0");
        assertThat(edited(edit)).isEqualTo(changed);
    }

    private static void applyAll(List<Edit> edits, JsonEdit edit, ObjectNode tree) throws Exception {
        for (Edit one : edits) {
            if (one.value == null) {
                edit.remove(one.name);
                tree.remove(one.name);
            } else {
                edit.set(one.name, one.value.getBytes(UTF_8));
                tree.set(one.name, TREE.readTree(one.value));
            }
        }
    }

    @Property
    void the_span_of_a_member_can_be_cut_and_leaves_an_object(
            @ForAll("members") List<Member> members, @ForAll int which) throws Exception {
        if (members.isEmpty()) {
            return;
        }
        String name = members.get(Math.floorMod(which, members.size())).name;
        byte[] bytes = members.stream()
                .map(Member::text)
                .collect(Collectors.joining(",", "{ ", " }"))
                .getBytes(UTF_8);
        JsonSpan cut = new JsonSpan(0, 0);
        try (JsonCursor json = JsonCursor.open(bytes, 0, bytes.length)) {
            while (json.nextMember()) {
                if (json.name().equals(name)) {
                    cut = json.skipToSpan().withNameAndComma(bytes);
                } else {
                    json.skip();
                }
            }
        }
        String after =
                new String(bytes, 0, cut.from(), UTF_8) + new String(bytes, cut.to(), bytes.length - cut.to(), UTF_8);

        ObjectNode tree = (ObjectNode) TREE.readTree(bytes);
        tree.remove(name);
        assertThat(TREE.readTree(after)).isEqualTo(tree);
    }

    record Member(String name, String escaped, String space, String value) {
        String text() {
            return space + bare();
        }

        /** The name and the value, with what stands between them. */
        String bare() {
            return "\"" + escaped + "\"" + space + ":" + space + value;
        }
    }

    record Edit(
            String name, @org.jspecify.annotations.Nullable String value) {}

    @Provide
    Arbitrary<List<Member>> members() {
        Arbitrary<String> spaces = Arbitraries.of("", " ", "\n  ", "\t\r\n");
        return Combinators.combine(names(), Arbitraries.of(true, false), spaces, values())
                .as((name, escape, space, value) -> new Member(name, written(name, escape), space, value))
                .list()
                .ofMaxSize(6)
                .uniqueElements(Member::name);
    }

    @Provide
    Arbitrary<List<Edit>> edits() {
        return Combinators.combine(names(), values().injectNull(0.5))
                .as(Edit::new)
                .list()
                .ofMaxSize(4);
    }

    private static Arbitrary<String> names() {
        return Arbitraries.of("a", "b", "model", "é😀", "q\"uote", "back\\", "\\\"", "", "x,y", "{", "tab\t");
    }

    private static Arbitrary<String> values() {
        return Arbitraries.of(
                "1",
                "-0.50e+7",
                "123456789012345678901234567890",
                "true",
                "false",
                "null",
                "\"\"",
                "\"é \\\" \\\\\"",
                "[]",
                "[ 1, {\"a\":\"]\"} ]",
                "{}",
                "{\"model\" : {\"b\":[null]}}",
                "\"\\ud83d\\ude00,}\"");
    }

    private static String written(String name, boolean escape) {
        String quoted = new String(JsonText.quoted(name), UTF_8);
        String inner = quoted.substring(1, quoted.length() - 1);
        return escape && inner.startsWith("m") ? "\\u006d" + inner.substring(1) : inner;
    }

    private static String edited(JsonEdit edit) {
        return new String(edit.toBytes(), UTF_8);
    }

    private static JsonDocument parse(String json) throws JsonException {
        return JsonDocument.parse(json.getBytes(UTF_8));
    }
}
