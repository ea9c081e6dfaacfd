package dev.serai.management;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The lines of docs/management-api.md, as somebody pastes them. */
@Timeout(60)
class ManagementGuideTest {
    private static final Pattern BLOCK = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);
    private static final String ADMIN = "http://127.0.0.1:8081";

    @Test
    void every_line_does_what_the_page_says(@TempDir Path home) throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/curl")), "there is no curl here");
        String lines = BLOCK.matcher(Files.readString(Path.of("docs/management-api.md")))
                .results()
                .map(block -> block.group(1))
                .collect(Collectors.joining());
        assertThat(lines.split(ADMIN, -1)).hasSizeGreaterThan(9);
        try (ApiServer api = ApiServer.start(home)) {
            String script = lines.replace(ADMIN, "http://127.0.0.1:" + api.port())
                    .replaceFirst("export SERAI_API_KEY=\\S+", "export SERAI_API_KEY=" + ApiServer.OPERATOR)
                    .replace("curl -s ", "curl -sS --fail-with-body -w '\\n' ");
            Path said = home.resolve("said");
            Process shell = new ProcessBuilder("bash", "-e", "-c", script)
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile())
                    .start();
            assertThat(shell.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(shell.exitValue()).as(Files.readString(said)).isZero();
            assertThat(Files.readAllLines(said)).hasSizeGreaterThan(9).noneMatch(line -> line.contains("errorCode"));
        }
    }
}
