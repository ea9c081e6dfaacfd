package dev.serai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.RouteFile.Node;
import dev.serai.RouteFile.Route;
import dev.serai.config.ConfigFile;
import dev.serai.config.Problem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** How route files are written. CONTRIBUTING.md says it in prose. */
class RouteFilesTest {
    private static final int MAX_LINES = 140;
    private static final int MAX_STEPS = 14;
    private static final int MAX_DESCRIPTION = 130;
    private static final Set<String> LANGUAGES = Set.of("constant", "simple", "ref");

    /** They hold steps, and are none. */
    private static final Set<String> BRANCHES = Set.of("when", "otherwise", "doCatch");

    /** What steps do. A new verb is one more word here; a noun in its place would stand out. */
    private static final Set<String> VERBS = Set.of(
            "address",
            "admit",
            "afford",
            "answer",
            "ask",
            "attach",
            "attempt",
            "authenticate",
            "begin",
            "call",
            "catch",
            "check",
            "compare",
            "choose",
            "count",
            "delete",
            "deliver",
            "create",
            "describe",
            "dispatch",
            "drop",
            "estimate",
            "fetch",
            "find",
            "forget",
            "get",
            "guard",
            "expire",
            "hedge",
            "hold",
            "judge",
            "keep",
            "leave",
            "limit",
            "list",
            "make",
            "next",
            "note",
            "order",
            "patch",
            "plan",
            "play",
            "prepare",
            "purge",
            "read",
            "recall",
            "receive",
            "refuse",
            "release",
            "rescue",
            "resolve",
            "rotate",
            "run",
            "select",
            "serve",
            "set",
            "settle",
            "translate",
            "take",
            "try",
            "write");

    private final List<RouteFile> files;

    RouteFilesTest() throws Exception {
        files = RouteFile.shipped();
    }

    private Stream<Node> nodes() {
        return files.stream().flatMap(file -> file.nodes().stream());
    }

    private Stream<Route> routes() {
        return files.stream().flatMap(file -> file.routes().stream());
    }

    @Test
    void every_shipped_file_fits_camels_schema() throws Exception {
        assertThat(files).hasSizeGreaterThan(6);
        assertThat(RouteFiles.check(RouteFile.shippedFiles())).isEmpty();
    }

    @Test
    void every_route_its_beginning_and_every_node_has_an_id_and_a_description() {
        assertThat(nodes()).hasSizeGreaterThan(60).allSatisfy(node -> {
            assertThat(node.id()).as("%s", node).matches("[a-z][a-z0-9]*(-[a-z0-9]+)*");
            assertThat(node.description())
                    .as("%s", node)
                    .isNotBlank()
                    .hasSizeLessThan(MAX_DESCRIPTION)
                    .doesNotContain("\n")
                    .doesNotContainPattern("[.!?] +\\p{Lu}");
        });
    }

    @Test
    void the_id_of_a_node_begins_with_what_it_does() {
        Set<String> routeKinds = Set.of("route", "routeTemplate", "routeConfiguration", "rest");
        assertThat(nodes().filter(node -> !routeKinds.contains(node.kind())))
                .allSatisfy(node ->
                        assertThat(VERBS).as("%s", node).contains(node.id().split("-", 2)[0]));
    }

    @Test
    void no_id_is_used_twice() {
        Map<String, List<String>> places = new TreeMap<>();
        nodes().forEach(node ->
                places.computeIfAbsent(node.id(), id -> new ArrayList<>()).add(node.toString()));
        assertThat(places).allSatisfy((id, used) -> assertThat(used).hasSize(1));
    }

    @Test
    void a_direct_endpoint_is_named_like_the_route_it_starts() {
        assertThat(routes().filter(route -> route.direct().isPresent()))
                .isNotEmpty()
                .allSatisfy(route -> assertThat(route.direct().orElseThrow().replaceFirst("-\\*$", ""))
                        .as("%s", route.from())
                        .isEqualTo(route.id()));
    }

    @Test
    void every_direct_endpoint_that_is_called_has_a_route_and_the_other_way_round() {
        Set<String> served =
                new TreeSet<>(routes().flatMap(route -> route.direct().stream()).toList());
        Set<String> called =
                new TreeSet<>(nodes().flatMap(node -> node.target().stream()).toList());
        // Usage events go to usage, and to what a user adds beside it.
        assertThat(called.remove("*")).isTrue();
        called.add("usage");
        // Called from Java.
        called.add("credits-low");
        assertThat(called).isNotEmpty().isEqualTo(served);
    }

    @Test
    void files_and_routes_are_short() {
        assertThat(files)
                .allSatisfy(file -> assertThat(file.document().file().text().lines())
                        .as(file.name())
                        .hasSizeLessThanOrEqualTo(MAX_LINES));
        assertThat(routes())
                .allSatisfy(route -> assertThat(route.steps().stream().filter(node -> !BRANCHES.contains(node.kind())))
                        .as(route.id())
                        .hasSizeBetween(1, MAX_STEPS));
    }

    @Test
    void only_canonical_forms_are_used() {
        assertThat(files.stream()
                        .flatMap(file -> shortcuts(file, "", file.document().root()).stream()))
                .isEmpty();
    }

    static Stream<Arguments> shortcuts() {
        return Stream.of(
                Arguments.of("a step that is a string", "- to: direct:b"),
                Arguments.of("a step without a body", "- stop:"),
                Arguments.of("options inside the URI", "- to:\n    uri: upstream:call?idleTimeout=1s"),
                Arguments.of("an expression that is a string", "- setBody:\n    expression:\n      constant: b"),
                Arguments.of("a question that is a string", "- loop:\n    expression:\n      ref: isNameLeft"),
                Arguments.of("an expression in place", "- setBody:\n    simple:\n      expression: b"),
                Arguments.of("another language", "- setBody:\n    expression:\n      groovy:\n        expression: b"),
                Arguments.of(
                        "an exception that is a string", "- doTry:\n    doCatch:\n      - exception: java.lang.Error"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("shortcuts")
    void a_shortcut_is_noticed(String what, String step) throws Exception {
        String text = "- from:\n    uri: direct:a\n    steps:\n" + step.indent(6);
        RouteFile file = new RouteFile(
                dev.serai.config.YamlDocument.parse(new ConfigFile("a.camel.yaml", "a.camel.yaml", text)));
        assertThat(shortcuts(file, "", file.document().root())).isNotEmpty();
    }

    /** Whatever Camel also reads in a shorter form that it means to give up. */
    private static List<Problem> shortcuts(RouteFile file, String pointer, JsonNode value) {
        List<Problem> found = new ArrayList<>();
        if (value.isArray()) {
            for (int i = 0; i < value.size(); i++) {
                found.addAll(shortcuts(file, pointer + "/" + i, value.get(i)));
            }
        }
        value.properties().forEach(member -> {
            String place = pointer + "/" + member.getKey();
            String wrong = shortcut(member.getKey(), member.getValue());
            if (!wrong.isEmpty()) {
                found.add(file.document().problem(place, wrong));
            }
            found.addAll(shortcuts(file, place, member.getValue()));
        });
        return found;
    }

    private static String shortcut(String key, JsonNode value) {
        return switch (key) {
            case "steps" -> isListOfBodies(value) ? "" : "a step is an object with a name and a body";
            case "expression" ->
                value.isTextual() || isExpression(value)
                        ? ""
                        : "an expression is constant, simple or ref, with an expression in it";
            case "constant", "simple" ->
                value.path("expression").isTextual() ? "" : "the text of an expression stands under 'expression'";
            case "exception" -> value.isArray() ? "" : "exceptions are a list";
            case "uri" ->
                value.asText().startsWith("direct:") || !value.asText().contains("?")
                        ? ""
                        : "options stand under 'parameters'";
            case "setBody", "setHeader", "loop" ->
                value.has("expression") ? "" : "the expression stands under 'expression'";
            default -> "";
        };
    }

    private static boolean isListOfBodies(JsonNode steps) {
        Set<Boolean> bodies = new HashSet<>();
        steps.forEach(
                step -> bodies.add(step.size() == 1 && step.elements().next().isObject()));
        return steps.isArray() && !bodies.contains(false);
    }

    private static boolean isExpression(JsonNode value) {
        return value.size() == 1
                && LANGUAGES.contains(value.fieldNames().next())
                && value.elements().next().path("expression").isTextual();
    }

    static Stream<Arguments> brokenFiles() {
        return Stream.of(
                Arguments.of("an unknown step", """
                        - route:
                            from:
                              uri: direct:a
                              steps:
                                - teleport:
                                    uri: direct:b
                        """, "mine.camel.yaml:5: 0.route.from.steps.0: property 'teleport'"),
                Arguments.of(
                        "an unknown property",
                        """
                        - route:
                            from:
                              uri: direct:a
                              steps:
                                - process:
                                    ref: authenticate
                                    colour: blue
                        """,
                        "mine.camel.yaml:7: 0.route.from.steps.0.process: property 'colour'"),
                Arguments.of(
                        "an endpoint without a URI",
                        """
                        - route:
                            from:
                              uri: direct:a
                              steps:
                                - to:
                                    id: go-nowhere
                        """,
                        "mine.camel.yaml:5: 0.route.from.steps.0.to: required property 'uri'"),
                Arguments.of(
                        "a route without a beginning", """
                        - route:
                            id: nothing
                        """, "mine.camel.yaml:1: 0.route: required property 'from'"),
                Arguments.of(
                        "a tab",
                        "- route:\n\tid: a\n",
                        "mine.camel.yaml:2: is not valid YAML: found character '\\t(TAB)'"),
                Arguments.of(
                        "a key that stands twice", """
                        - route:
                            id: a
                            id: b
                            from:
                              uri: direct:a
                        """, "mine.camel.yaml:3: the key 'id' stands already on line 2"),
                Arguments.of("no routes at all", "# nothing yet\n", "mine.camel.yaml:1: is empty"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("brokenFiles")
    void a_broken_file_is_named_with_line_and_reason(String what, String text, String expected) {
        List<Problem> problems = RouteFiles.check(List.of(new ConfigFile("mine.camel.yaml", "mine.camel.yaml", text)));
        assertThat(problems)
                .extracting(Problem::toString)
                .hasSize(1)
                .first()
                .asString()
                .startsWith(expected);
    }
}
