package dev.serai.catalog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.config.ConfigFolder;
import dev.serai.config.ConfigurationException;
import dev.serai.json.JsonDocument;
import dev.serai.json.JsonEdit;
import dev.serai.json.JsonException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules as a provider file has them, and what becomes of a request. */
class RequestRulesTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    Path folder;

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '#',
            value = {
                // drop
                "{drop: [a]}                                | {`a`:1,`b`:2}                   | {`b`:2}                          | a",
                "{drop: [a]}                                | {`b`:2}                         | {`b`:2}                          |",
                "{drop: [a, b, a]}                          | {`a`:1,`b`:2}                   | {}                               | a b",
                "{drop: [a]}                                | {`a`:null,`b`:2}                | {`b`:2}                          |",
                "{drop: [a.b]}                              | {`a`:{`b`:1, `c` : 2}}          | {`a`:{`c` : 2}}                  | a.b",
                "{drop: [a.b]}                              | {`a`:{`b`:1}}                   | {`a`:{}}                         | a.b",
                "{drop: [a.b.c]}                            | {`a`:{`b`:{`c`:1,`d`:[1]}}}     | {`a`:{`b`:{`d`:[1]}}}            | a.b.c",
                "{drop: [a.b]}                              | {`a`:`b`}                       | {`a`:`b`}                        |",
                "{drop: [a.b]}                              | {`a`:[{`b`:1}]}                 | {`a`:[{`b`:1}]}                  |",
                "{drop: [a]}                                | {`\\u0061`:1}                   | {}                               | a",
                // rename
                "{rename: {a: z}}                           | {`a`:1.50,`b`:2}                | {`b`:2,`z`:1.50}                 |",
                "{rename: {a: z}}                           | {`b`:2}                         | {`b`:2}                          |",
                "{rename: {a: z}}                           | {`a`:1,`z`:2}                   | {`z`:2}                          | a",
                "{rename: {a: z}}                           | {`a`:1,`z`:null}                | {`z`:1}                          |",
                "{rename: {a: z}}                           | {`a`:null,`z`:2}                | {`z`:2}                          |",
                "{rename: {a: z}}                           | {`a`:null}                      | {`z`:null}                       |",
                "{rename: {a: y.z}}                         | {`a`:[ 1 ],`b`:2}               | {`b`:2,`y`:{`z`:[ 1 ]}}          |",
                "{rename: {a: y.z}}                         | {`a`:1,`y`:{`x`:0}}             | {`y`:{`x`:0,`z`:1}}              |",
                "{rename: {a: y.z}}                         | {`a`:1,`y`:`no object`}         | {`a`:1,`y`:`no object`}          |",
                "{rename: {y.z: a}}                         | {`y`:{`z`:{`q`:1}}}             | {`y`:{},`a`:{`q`:1}}             |",
                "{rename: {a: b, b: c}}                     | {`a`:1}                         | {`c`:1}                          |",
                // set
                "{set: {a: 1}}                              | {`b`:2}                         | {`b`:2,`a`:1}                    |",
                "{set: {a: 1}}                              | {`a`:0,`b`:2}                   | {`a`:1,`b`:2}                    | a",
                "{set: {a: 1}}                              | {`a`:1.0}                       | {`a`:1}                          |",
                "{set: {a: 1}}                              | {`a`:null}                      | {`a`:1}                          |",
                "{set: {a: high}}                           | {`a`:`h\\u0069gh`}              | {`a`:`high`}                     |",
                "{set: {a: {b: [1]}}}                       | {`a`:{`b`:[1]}}                 | {`a`:{`b`:[1]}}                  |",
                "{set: {a: {b: [1]}}}                       | {`a`:{`b`:[2]}}                 | {`a`:{`b`:[1]}}                  | a",
                "{set: {a.b.c: true}}                       | {}                              | {`a`:{`b`:{`c`:true}}}           |",
                "{set: {a.b: true}}                         | {`a`:null}                      | {`a`:{`b`:true}}                 |",
                "{set: {a.b: true}}                         | {`a`:`no object`}               | {`a`:`no object`}                |",
                "{set: {a.b: true, a.c: false}}             | {`a`:{`x`:1}}                   | {`a`:{`x`:1,`b`:true,`c`:false}} |",
                // defaults
                "{defaults: {a: 1}}                         | {}                              | {`a`:1}                          |",
                "{defaults: {a: 1}}                         | {`a`:0}                         | {`a`:0}                          |",
                "{defaults: {a: 1}}                         | {`a`:`malformed`}               | {`a`:`malformed`}                |",
                "{defaults: {a: 1}}                         | {`a`:null}                      | {`a`:1}                          |",
                "{defaults: {a.b: 1}}                       | {`a`:{`c`:2}}                   | {`a`:{`c`:2,`b`:1}}              |",
                "{defaults: {a.b: 1}}                       | {`a`:[]}                        | {`a`:[]}                         |",
                // the order within a rule
                "{rename: {a: b}, drop: [b]}                | {`a`:1}                         | {}                               | a",
                "{drop: [a], set: {a: 2}}                   | {`a`:1}                         | {`a`:2}                          | a",
                "{set: {a: 2}, defaults: {a: 3, b: 4}}      | {}                              | {`a`:2,`b`:4}                    |",
                "{drop: [a], defaults: {a: 3}}              | {`a`:1}                         | {`a`:3}                          | a",
                // Serai's own
                "{drop: [model]}                            | {`model`:`m`,`a`:1}             | {`a`:1}                          |",
            })
    void a_rule_changes_a_request(String rule, String before, String after, String dropped) throws Exception {
        assertRuled(List.of(rule), before, after, dropped);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '#',
            value = {
                "{t: {is: 1}}                     | {`t`:1.00}               | true",
                "{t: {is: 1}}                     | {`t`:10e-1}              | true",
                "{t: {is: 1}}                     | {`t`:`1`}                | false",
                "{t: {is: 1}}                     | {`t`:2}                  | false",
                "{t: {is: 1}}                     | {`t`:null}               | false",
                "{t: {is: 1}}                     | {}                       | false",
                "{t: {is: null}}                  | {`t`:null}               | true",
                "{t: {is: null}}                  | {`t`:0}                  | false",
                "{t: {is: null}}                  | {}                       | false",
                "{t: {is: true}}                  | {`t`:true}               | true",
                "{t: {is: true}}                  | {`t`:`true`}             | false",
                "{t: {is: [low, none]}}           | {`t`:`none`}             | true",
                "{t: {is: [low, none]}}           | {`t`:`n\\u006fne`}       | true",
                "{t: {is: [low, none]}}           | {`t`:`None`}             | false",
                "{t: {is: [low, none]}}           | {`t`:[`low`]}            | false",
                "{t: {not: 1}}                    | {`t`:0.7}                | true",
                "{t: {not: 1}}                    | {`t`:1.0}                | false",
                "{t: {not: 1}}                    | {}                       | false",
                "{t: {not: 1}}                    | {`t`:null}               | false",
                "{t: {not: [auto, none]}}         | {`t`:{`type`:`tool`}}    | true",
                "{t: {above: 1}}                  | {`t`:1.0000000001}       | true",
                "{t: {above: 1}}                  | {`t`:1}                  | false",
                "{t: {above: 1}}                  | {`t`:-2}                 | false",
                "{t: {above: 1}}                  | {`t`:`2`}                | false",
                "{t: {above: 1}}                  | {`t`:1e9999}             | true",
                "{t: {above: 1}}                  | {`t`:1e99999999999}      | false",
                "{t: {above: 1}}                  | {}                       | false",
                "{t: {present: true}}             | {`t`:[]}                 | true",
                "{t: {present: true}}             | {`t`:null}               | false",
                "{t: {present: true}}             | {}                       | false",
                "{t: {present: false}}            | {}                       | true",
                "{t: {present: false}}            | {`t`:null}               | true",
                "{t: {present: false}}            | {`t`:0}                  | false",
                "{t.u: {is: x}}                   | {`t`:{`u`:`x`}}          | true",
                "{t.u: {is: x}}                   | {`t`:{`u`:`y`}}          | false",
                "{t.u: {is: x}}                   | {`t`:`x`}                | false",
                "{t.u: {present: false}}          | {`t`:`x`}                | true",
                "{t: {is: 1}, u: {present: true}} | {`t`:1,`u`:2}            | true",
                "{t: {is: 1}, u: {present: true}} | {`t`:1}                  | false",
                "{t: {above: 1, not: 3}}          | {`t`:3}                  | false",
            })
    void a_rule_holds_only_when_its_conditions_do(String when, String request, boolean holds) throws Exception {
        RequestRules rules = rules("{when: " + when + ", set: {held: true}}");
        assertThat(apply(rules, request).contains("\"held\":true")).isEqualTo(holds);
    }

    @Test
    void each_rule_sees_what_the_one_before_left() throws Exception {
        assertRuled(
                List.of(
                        "{rename: {a: b}}",
                        "{when: {b: {above: 9}}, set: {b: 9}}",
                        "{drop: [c]}",
                        "{defaults: {c: 0}}"),
                "{`a`:10,`c`:1}",
                "{`c`:0,`b`:9}",
                "a c");
    }

    @Test
    void what_serai_itself_has_put_into_a_request_is_dropped_without_a_word() throws Exception {
        RequestRules rules = rules("{drop: [stream_options.include_usage, user]}");
        JsonEdit body =
                JsonDocument.parse(bytes("{`user`:`u`}")).edit().set("stream_options", bytes("{`include_usage`:true}"));
        assertThat(rules.apply(body)).containsExactly("user");
        assertThat(body.toBytes()).asString(UTF_8).isEqualTo("{\"stream_options\":{}}");
    }

    @Test
    void what_a_rule_has_set_is_changed_by_the_next_without_a_word() throws Exception {
        assertRuled(List.of("{defaults: {a: 1}}", "{set: {a: 2}}", "{rename: {a: b}}", "{drop: [b]}"), "{}", "{}", "");
    }

    @Test
    void bytes_that_no_rule_names_stay_as_they_are() throws Exception {
        assertRuled(
                List.of("{drop: [x], set: {y.z: 1}}"),
                "{ `n`: 1e400,\t`\\u006d` :[1 , 2.50 ], `x` : {} , `y`:{`q` :\n`\\ud83d\\udc2b`} }",
                "{ `n`: 1e400,\t`\\u006d` :[1 , 2.50 ] , `y`:{`q` :\n`\\ud83d\\udc2b`,`z`:1} }",
                "x");
    }

    @Test
    void a_request_that_no_rule_changes_keeps_its_array() throws Exception {
        byte[] body = bytes("{`a`:1}");
        assertThat(rules("{drop: [b]}").apply(body).body()).isSameAs(body);
        assertThat(RequestRules.NONE.apply(body).body()).isSameAs(body);
    }

    @Test
    void a_body_that_is_no_object_is_no_request() throws Exception {
        RequestRules rules = rules("{drop: [b]}");
        assertThatThrownBy(() -> rules.apply(bytes("[1]"))).isInstanceOf(JsonException.class);
    }

    @ParameterizedTest(name = "{0} asked by {1} for {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "{models: ['o3*'], drop: [a]}                     | openai-chat      | o3-mini     | true",
                "{models: ['o3*'], drop: [a]}                     | openai-chat      | O3-Mini     | true",
                "{models: ['o3*'], drop: [a]}                     | openai-chat      | gpt-4o      | false",
                "{models: ['o3*'], except: ['*-mini'], drop: [a]} | openai-chat      | o3-mini     | false",
                "{except: ['*-mini'], drop: [a]}                  | openai-chat      | o3          | true",
                "{dialects: [openai-chat], drop: [a]}             | openai-responses | o3          | false",
                "{dialects: [openai-chat], drop: [a]}             | openai-chat      | not:listed  | true",
            })
    void a_rule_concerns_models_and_dialects(String rule, String dialect, String model, boolean concerns)
            throws Exception {
        RequestRules rules = new RuleBook().of(provider(rule), dialect, model);
        assertThat(apply(rules, "{`a`:1}").equals("{}")).isEqualTo(concerns);
        assertThat(rules == RequestRules.NONE).isEqualTo(!concerns);
    }

    @ParameterizedTest
    @CsvSource({"m, 777", "M, 777", "m-2026, 777", "unlimited, 4096", "unheard-of, 4096"})
    void the_models_largest_output_is_filled_in_where_it_is_known(String model, String expected) throws Exception {
        Provider provider = provider("{defaults: {max_tokens: $maxOutput}}", "{defaults: {max_tokens: 4096}}");
        RequestRules rules = new RuleBook().of(provider, "openai-chat", model);
        assertThat(apply(rules, "{}")).isEqualTo("{\"max_tokens\":" + expected + "}");
        assertThat(apply(rules, "{`max_tokens`:1}")).isEqualTo("{\"max_tokens\":1}");
    }

    @Test
    void rules_are_worked_out_once_for_each_snapshot_of_a_provider() throws Exception {
        RuleBook book = new RuleBook();
        Provider before = provider("{drop: [a]}");
        Provider after = provider("{drop: [b]}");
        RequestRules rules = book.of(before, "openai-chat", "m");
        assertThat(book.of(before, "openai-chat", "m")).isSameAs(rules);
        assertThat(apply(book.of(after, "openai-chat", "m"), "{`a`:1,`b`:2}")).isEqualTo("{\"a\":1}");
        assertThat(apply(book.of(before, "openai-chat", "m"), "{`a`:1,`b`:2}")).isEqualTo("{\"b\":2}");
    }

    @Test
    void names_that_clients_make_up_do_not_push_out_the_others_for_good() throws Exception {
        RuleBook book = new RuleBook();
        Provider provider = provider("{drop: [a]}");
        for (int i = 0; i < 10_000; i++) {
            book.of(provider, "openai-chat", "made-up-" + i);
        }
        assertThat(book.of(provider, "openai-chat", "m")).isSameAs(book.of(provider, "openai-chat", "m"));
        String endless = "m".repeat(1_000);
        assertThat(apply(book.of(provider, "openai-chat", endless), "{`a`:1}")).isEqualTo("{}");
    }

    private void assertRuled(List<String> written, String before, String after, String dropped) throws Exception {
        RequestRules.Ruled ruled = rules(written.toArray(String[]::new)).apply(bytes(before));
        assertThat(ruled.body()).asString(UTF_8).isEqualTo(after.replace('`', '"'));
        assertThat(ruled.dropped())
                .containsExactly(dropped == null || dropped.isEmpty() ? new String[0] : dropped.split(" "));
    }

    private static String apply(RequestRules rules, String body) throws JsonException {
        return new String(rules.apply(bytes(body)).body(), UTF_8);
    }

    private static byte[] bytes(String json) {
        return json.replace('`', '"').getBytes(UTF_8);
    }

    private RequestRules rules(String... written) throws ConfigurationException, IOException {
        return new RuleBook().of(provider(written), "openai-chat", "m");
    }

    private Provider provider(String... rules) throws ConfigurationException, IOException {
        String file = """
                id: workshop
                name: Workshop
                baseUrl: https://example.org/v1
                dialects: {openai-chat: /chat, openai-responses: /responses}
                auth: none
                rules: [%s]
                models:
                  - {id: m, maxOutput: 777, aliases: [m-2026]}
                  - {id: unlimited}
                """.formatted(String.join(", ", rules));
        Files.writeString(folder.resolve("workshop.yaml"), file);
        return new CatalogLoader(List.of("openai-chat", "openai-responses"), Map.of())
                .load(List.of(new ConfigFolder.Directory(folder)))
                .providers()
                .iterator()
                .next();
    }
}
