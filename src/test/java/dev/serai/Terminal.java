package dev.serai;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.serai.refresh.LocalServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assertions;
import picocli.CommandLine;

/**
 * Plays a transcript: types its lines that begin with {@code $} again, and gives a transcript of what came back. It knows
 * {@code serai}, with {@code | grep} behind it, and {@code cat}. A word in capitals stands for something that each run has anew.
 */
final class Terminal {
    private static final Path TRANSCRIPTS = Path.of("src/test/resources/commands");
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-22T12:00:00Z"), ZoneOffset.UTC);
    private static final String PROMPT = "$ ";
    private static final String SERAI = PROMPT + "serai";
    private static final String GREP = " | grep ";
    private static final Pattern TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d(?::[0-9.]+Z)?");

    private final Map<String, String> words = new LinkedHashMap<>();
    private final Map<String, String> environment = new HashMap<>();
    private final List<LocalServer> kinds = new ArrayList<>();
    private final Map<String, Pattern> lessons = new LinkedHashMap<>();
    private final StringBuilder said = new StringBuilder();
    private String piped = "";

    /** What a word in capitals stands for. */
    Terminal word(String word, Object meaning) {
        words.put(word, meaning.toString());
        return this;
    }

    /**
     * What a pattern finds in an answer gets a word with a number behind it, and can be typed by that word later.
     *
     * @param pattern whose first group is meant
     */
    Terminal learning(String word, String pattern) {
        lessons.put(word, Pattern.compile(pattern));
        return this;
    }

    /** All that came back so far, as it was. */
    String said() {
        return said.toString();
    }

    /** What the standard input holds. */
    Terminal piping(String text) {
        piped = text;
        return this;
    }

    /** A variable of the environment. */
    Terminal with(String variable, Object value) {
        environment.put(variable, value.toString());
        return this;
    }

    /** A port to look for servers of models at. */
    Terminal kind(LocalServer kind) {
        kinds.add(kind);
        return this;
    }

    /** Plays {@code <name>.txt}, and fails unless the same comes back. */
    void play(String name) throws IOException {
        String transcript = Files.readString(TRANSCRIPTS.resolve(name + ".txt"));
        StringBuilder played = new StringBuilder();
        for (String line :
                transcript.lines().filter(line -> line.startsWith(PROMPT)).toList()) {
            if (!played.isEmpty()) {
                played.append('\n');
            }
            played.append(line).append('\n').append(told(answer(heard(line))));
        }
        Assertions.assertEquals(transcript, played.toString());
    }

    private String answer(String line) throws IOException {
        if (!line.startsWith(SERAI)) {
            return Files.readString(Path.of(line.substring(PROMPT.length() + "cat ".length())));
        }
        String[] parts = line.substring(SERAI.length()).split(Pattern.quote(GREP), 2);
        StringWriter said = new StringWriter();
        CommandLine serai = Serai.commandLine(
                        environment, CLOCK, kinds, new ByteArrayInputStream(piped.getBytes(UTF_8)))
                .setOut(new PrintWriter(said, true))
                .setErr(new PrintWriter(said, true));
        int code = serai.execute(parts[0].strip().split(" +"));
        return (parts.length == 1 ? said.toString() : grep(said.toString(), parts[1]))
                + (code == 0 ? "" : "[exit code " + code + "]\n");
    }

    /** Columns are as wide as the lines that are left out make them, so that their width is left out, too. */
    private static String grep(String text, String pattern) {
        return text.lines()
                .filter(Pattern.compile(pattern).asPredicate())
                .map(line -> line.replaceAll("  +", "  ") + "\n")
                .collect(Collectors.joining());
    }

    private String heard(String line) {
        String heard = line;
        for (Map.Entry<String, String> word : words.entrySet()) {
            heard = heard.replace(word.getKey(), word.getValue());
        }
        return heard;
    }

    private void learn(String text) {
        lessons.forEach((word, pattern) -> pattern.matcher(text)
                .results()
                .map(found -> found.group(1))
                .filter(found -> !words.containsValue(found))
                .forEach(found -> words.put(word + number(word), found)));
    }

    private long number(String word) {
        return 1
                + words.keySet().stream()
                        .filter(known -> known.matches(word + "\\d+"))
                        .count();
    }

    private String told(String text) {
        said.append(text);
        learn(text);
        String told = text;
        for (Map.Entry<String, String> word : words.entrySet()) {
            // An id that could be a number is quoted in YAML, and that is left to chance.
            told = told.replace("id: \"" + word.getValue() + "\"\n", "id: " + word.getKey() + "\n");
            told = told.replace(word.getValue(), word.getKey());
        }
        return lessons.isEmpty() ? told : TIME.matcher(told).replaceAll("TIME");
    }
}
