package dev.serai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.config.ConfigFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code examples/translate-only}, as its README says: a program of its own, with Serai on its class path. */
class TranslateOnlyExampleTest {
    private static final Path EXAMPLE = Path.of("examples/translate-only");
    private static final ObjectMapper JSON = new ObjectMapper();

    private static Map<String, String> run() throws Exception {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        Process program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classPath,
                        EXAMPLE.resolve("TranslateOnly.java").toString(),
                        EXAMPLE.toString())
                .redirectErrorStream(true)
                .start();
        try {
            String printed = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(program.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(program.exitValue()).as(printed).isZero();
            return printed.lines()
                    .filter(line -> line.matches("(sent|dropped|answer): .*"))
                    .collect(Collectors.toMap(
                            line -> line.substring(0, line.indexOf(':')),
                            line -> line.substring(line.indexOf(':') + 1).strip(),
                            (first, second) -> second));
        } finally {
            program.destroyForcibly();
        }
    }

    @Test
    void a_chat_completion_is_asked_of_somebody_who_speaks_messages() throws Exception {
        Map<String, String> printed = run();
        JsonNode sent = JSON.readTree(printed.get("sent"));
        JsonNode answer = JSON.readTree(printed.get("answer"));

        assertThat(sent.path("system").findValuesAsText("text")).containsExactly("You know the road to Samarkand.");
        assertThat(sent.at("/tools/0/input_schema/required/0").asText()).isEqualTo("city");
        assertThat(sent.path("max_tokens").asInt()).isEqualTo(200);
        assertThat(printed.get("dropped")).isEqualTo("seed");
        assertThat(answer.at("/choices/0/message/content").asText()).isEqualTo("I will look.");
        assertThat(answer.at("/choices/0/message/tool_calls/0/function/arguments")
                        .asText())
                .isEqualTo("{\"city\":\"Samarkand\"}");
        assertThat(answer.at("/choices/0/finish_reason").asText()).isEqualTo("tool_calls");
        assertThat(answer.at("/usage/total_tokens").asInt()).isEqualTo(95);
    }

    @Test
    void the_route_file_fits_camels_schema() throws Exception {
        assertThat(RouteFiles.check(List.of(ConfigFile.read(EXAMPLE.resolve("translate.camel.yaml")))))
                .isEmpty();
    }

    @Test
    void every_dialect_that_is_translated_has_its_types_in_the_jar() {
        Function<String, String> file = type -> "/META-INF/services/org/apache/camel/transformer/serai-" + type;
        assertThat(Formats.dialects().ids())
                .filteredOn(dialect -> !dialect.endsWith("-count-tokens"))
                .allSatisfy(dialect -> {
                    assertThat(getClass().getResource(file.apply(dialect))).isNotNull();
                    assertThat(getClass().getResource(file.apply(dialect + "-reply")))
                            .isNotNull();
                });
    }
}
