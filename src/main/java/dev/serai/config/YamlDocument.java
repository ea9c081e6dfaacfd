package dev.serai.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** A YAML file as a tree that knows the line of each of its values. Immutable as long as nobody edits the tree. */
public final class YamlDocument {
    private final ConfigFile file;
    private final JsonNode root;
    private final Map<String, Integer> lines;

    YamlDocument(ConfigFile file, JsonNode root, Map<String, Integer> lines) {
        this.file = file;
        this.root = root;
        this.lines = lines;
    }

    /**
     * Reads exactly one document. Strict: no duplicate keys, no aliases, no second document.
     *
     * @throws ConfigurationException with every duplicate key, or the first syntax error
     */
    public static YamlDocument parse(ConfigFile file) throws ConfigurationException {
        try (YamlReader reader = new YamlReader(file)) {
            return reader.read();
        } catch (JsonProcessingException e) {
            throw new ConfigurationException(YamlReader.syntaxError(file, e));
        } catch (java.io.IOException e) {
            throw new ConfigurationException(file.problem(0, "cannot be read: " + e));
        }
    }

    public ConfigFile file() {
        return file;
    }

    public JsonNode root() {
        return root;
    }

    /** The line, from 1, of the key or list item at this JSON pointer, or of the nearest one around it that exists. */
    public int line(String pointer) {
        for (String at = pointer; !at.isEmpty(); at = at.substring(0, at.lastIndexOf('/'))) {
            Integer line = lines.get(at);
            if (line != null) {
                return line;
            }
        }
        return lines.getOrDefault("", 1);
    }

    /** A problem at the line of this JSON pointer. */
    public Problem problem(String pointer, String reason) {
        return file.problem(line(pointer), reason);
    }
}
