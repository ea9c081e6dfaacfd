package dev.serai.declared;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.config.ConfigFile;
import dev.serai.config.ConfigurationException;
import dev.serai.config.Problem;
import dev.serai.config.Schema;
import dev.serai.config.YamlDocument;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A file that says what an account holds; its form is in {@code config/serai.schema.json}. Immutable. */
public final class Declaration {
    private static final Schema SCHEMA = Schema.onClassPath("serai/config/serai.schema.json");

    private final YamlDocument document;

    private Declaration(YamlDocument document) {
        this.document = document;
    }

    /**
     * An object of the file.
     *
     * @param pointer where it stands
     */
    record Entry(JsonNode object, String pointer) {}

    /** @throws ConfigurationException with everything that is wrong in the file itself, by line */
    public static Declaration read(ConfigFile file) throws ConfigurationException {
        YamlDocument document = YamlDocument.parse(file);
        List<Problem> problems = new ArrayList<>(SCHEMA.check(document));
        Declaration declaration = new Declaration(document);
        if (problems.isEmpty()) {
            for (Section section : Section.values()) {
                declaration.findTwins(section, problems);
            }
        }
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        return declaration;
    }

    private void findTwins(Section section, List<Problem> problems) {
        Map<String, Integer> lines = new LinkedHashMap<>();
        for (Entry entry : entries(section)) {
            Integer first = lines.putIfAbsent(section.label(entry.object()), document.line(entry.pointer()));
            if (first != null) {
                problems.add(problem(
                        entry.pointer(),
                        "the " + section.noun() + " " + section.label(entry.object()) + " stands already on line "
                                + first));
            }
        }
    }

    /** Whether the file says anything about this; what it does not mention, stays as it is. */
    boolean has(Section section) {
        return document.root().has(section.field());
    }

    List<Entry> entries(Section section) {
        JsonNode value = document.root().path(section.field());
        String pointer = "/" + section.field();
        if (!section.isList()) {
            return value.isMissingNode() ? List.of() : List.of(new Entry(value, pointer));
        }
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < value.size(); i++) {
            entries.add(new Entry(value.get(i), pointer + "/" + i));
        }
        return entries;
    }

    Problem problem(String pointer, String reason) {
        return document.problem(pointer, reason);
    }

    Problem problem(String reason) {
        return document.file().problem(0, reason);
    }
}
