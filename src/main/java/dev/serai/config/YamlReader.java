package dev.serai.config;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** Builds one {@link YamlDocument} from the parser's events, noting the line of each. One use, one thread. */
final class YamlReader implements Closeable {
    // As in YAML 1.2, so that a model may be called "no".
    private static final YAMLFactory YAML = YAMLFactory.builder()
            .enable(YAMLParser.Feature.PARSE_BOOLEAN_LIKE_WORDS_AS_STRINGS)
            .build();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final ConfigFile file;
    private final YAMLParser parser;
    private final Map<String, Integer> lines = new HashMap<>();
    private final List<Problem> problems = new ArrayList<>();

    YamlReader(ConfigFile file) throws IOException {
        this.file = file;
        this.parser = YAML.createParser(file.text());
    }

    YamlDocument read() throws IOException, ConfigurationException {
        if (parser.nextToken() == null) {
            throw new ConfigurationException(file.problem(1, "is empty"));
        }
        JsonNode root = value("");
        if (parser.nextToken() != null) {
            problems.add(file.problem(line(), "begins a second document; a file holds one"));
        }
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        return new YamlDocument(file, root, lines);
    }

    private JsonNode value(String pointer) throws IOException {
        lines.putIfAbsent(pointer, line());
        if (parser.isCurrentAlias()) {
            problems.add(file.problem(line(), "aliases (*" + parser.getText() + ") are not supported here"));
        }
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(pointer);
            case START_ARRAY -> array(pointer);
            case VALUE_NUMBER_INT -> NODES.numberNode(parser.getBigIntegerValue());
            case VALUE_NUMBER_FLOAT -> NODES.numberNode(parser.getDecimalValue());
            case VALUE_TRUE, VALUE_FALSE -> NODES.booleanNode(parser.getBooleanValue());
            case VALUE_NULL -> NODES.nullNode();
            default -> NODES.textNode(parser.getText());
        };
    }

    private ObjectNode object(String pointer) throws IOException {
        ObjectNode object = NODES.objectNode();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            String child = pointer + "/" + name.replace("~", "~0").replace("/", "~1");
            Integer first = lines.putIfAbsent(child, line());
            if (first != null) {
                problems.add(file.problem(line(), "the key '" + name + "' stands already on line " + first));
            }
            parser.nextToken();
            object.set(name, value(child));
        }
        return object;
    }

    private ArrayNode array(String pointer) throws IOException {
        ArrayNode array = NODES.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(value(pointer + "/" + array.size()));
        }
        return array;
    }

    private int line() {
        return parser.currentTokenLocation().getLineNr();
    }

    /** The place as the scanner knows it: Jackson itself only knows that of the last token that was whole. */
    static Problem syntaxError(ConfigFile file, JsonProcessingException error) {
        if (error.getCause() instanceof MarkedYAMLException marked && marked.getProblemMark() != null) {
            int line = marked.getProblemMark().getLine() + 1;
            return file.problem(line, "is not valid YAML: " + marked.getProblem());
        }
        JsonLocation at = error.getLocation();
        return file.problem(at == null ? 0 : at.getLineNr(), "is not valid YAML: " + error.getOriginalMessage());
    }

    @Override
    public void close() throws IOException {
        parser.close();
    }
}
