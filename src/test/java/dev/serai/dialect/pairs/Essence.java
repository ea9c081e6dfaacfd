package dev.serai.dialect.pairs;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.conversation.Content;
import dev.serai.conversation.Message;
import dev.serai.conversation.Source;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/** What nobody may lose on the way: who said what, which tools were called with what, and what they answered. One line for each. */
final class Essence implements Content.Visitor<List<String>> {
    private static final ObjectMapper TREE = new ObjectMapper();

    /** Words of Serai's own, where a dialect has no other way to say it. */
    private static final Pattern ADDED = Pattern.compile("The result is in the next message of the user\\.|"
            + "The result of the tool call \\S+:|\\(The assistant speaks first\\.\\)");

    private static final Essence ALL = new Essence();

    private Essence() {}

    /** Of an answer: neighbouring texts are one, because dialects cut them differently. */
    static List<String> of(List<Content> contents) {
        List<String> lines = new ArrayList<>();
        for (String line : each(contents)) {
            int last = lines.size() - 1;
            if (line.startsWith("text ") && last >= 0 && lines.get(last).startsWith("text ")) {
                lines.set(last, lines.get(last) + line.substring("text ".length()));
            } else {
                lines.add(line);
            }
        }
        return lines;
    }

    /** Whether the two say the same in another order: the same calls and results, and the same letters. */
    static boolean areSameInAnotherOrder(List<Content> one, List<Content> other) {
        return sorted(one).equals(sorted(other));
    }

    private static List<String> sorted(List<Content> contents) {
        List<String> lines = new ArrayList<>(each(contents));
        StringBuilder words = new StringBuilder();
        lines.stream()
                .filter(line -> line.startsWith("text "))
                .flatMapToInt(String::chars)
                .sorted()
                .forEach(letter -> words.append((char) letter));
        lines.removeIf(line -> line.startsWith("text "));
        lines.sort(null);
        lines.add(words.toString().replaceAll("[text ]", ""));
        return lines;
    }

    private static List<String> each(List<Content> contents) {
        return contents.stream()
                .flatMap(content -> content.accept(ALL).stream())
                .map(Essence::squeezed)
                .filter(line -> !line.equals("text"))
                .toList();
    }

    static List<Content> contents(List<Message> messages) {
        return messages.stream().flatMap(message -> message.contents().stream()).toList();
    }

    /** Words without their spaces: between parts that a dialect joins stands a line break or nothing. */
    private static String squeezed(String line) {
        return ADDED.matcher(line)
                .replaceAll("")
                .replaceAll("\\s+", "")
                .replaceFirst("^(text|call|result)", "$1 ")
                .strip();
    }

    /** Arguments as JSON means them. */
    static String arguments(String json) {
        try {
            JsonNode tree = TREE.readTree(json);
            return tree == null || tree.isMissingNode() ? "{}" : tree.toString();
        } catch (IOException e) {
            return json;
        }
    }

    /** A tool that takes plain text is elsewhere a function with one string. */
    private static String unwrapped(String arguments) {
        try {
            JsonNode tree = TREE.readTree(arguments);
            return tree != null && tree.size() == 1 && tree.path("input").isTextual()
                    ? tree.path("input").textValue()
                    : arguments;
        } catch (IOException e) {
            return arguments;
        }
    }

    @Override
    public List<String> text(Content.Text text) {
        return List.of("text " + text.text());
    }

    @Override
    public List<String> image(Content.Image image) {
        return List.of();
    }

    @Override
    public List<String> document(Content.Document document) {
        if (document.source() instanceof Source.PlainText words) {
            return List.of("text " + words.text());
        }
        if (document.source() instanceof Source.Base64 bytes && "text/plain".equals(bytes.mediaType())) {
            return List.of("text " + new String(Base64.getDecoder().decode(bytes.data()), UTF_8));
        }
        return List.of();
    }

    /** Where no sound can be heard, its words can be read. */
    @Override
    public List<String> audio(Content.Audio audio) {
        return audio.transcript() == null ? List.of() : List.of("text " + audio.transcript());
    }

    @Override
    public List<String> toolCall(Content.ToolCall call) {
        return List.of("call " + call.name() + arguments(unwrapped(call.arguments())));
    }

    @Override
    public List<String> toolResult(Content.ToolResult result) {
        StringBuilder text = new StringBuilder();
        List<String> lines = new ArrayList<>();
        for (Content content : result.contents()) {
            if (content instanceof Content.Text words) {
                text.append(words.text());
            } else {
                lines.addAll(content.accept(this)); // some dialects have it behind the result
            }
        }
        lines.add(0, "result " + arguments(ADDED.matcher(text).replaceAll("")));
        return lines;
    }

    /** Thinking is another matter: whose it is decides whether it crosses. */
    @Override
    public List<String> thinking(Content.Thinking thinking) {
        return List.of();
    }

    @Override
    public List<String> redactedThinking(Content.RedactedThinking thinking) {
        return List.of();
    }

    @Override
    public List<String> refusal(Content.Refusal refusal) {
        return List.of("text " + refusal.text());
    }

    @Override
    public List<String> opaque(Content.Opaque opaque) {
        return List.of();
    }
}
