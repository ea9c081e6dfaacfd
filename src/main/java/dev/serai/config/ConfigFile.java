package dev.serai.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A configuration file as it was found.
 *
 * @param name the file name alone, such as {@code openai.yaml}
 * @param path where a person finds it, for messages
 * @param text its content
 */
public record ConfigFile(String name, String path, String text) {
    /**
     * Reads a file.
     *
     * @throws ConfigurationException if it cannot be read, or is not UTF-8
     */
    public static ConfigFile read(Path file) throws ConfigurationException {
        return read(file, file.toString());
    }

    static ConfigFile read(Path file, String path) throws ConfigurationException {
        try {
            return new ConfigFile(String.valueOf(file.getFileName()), path, Files.readString(file));
        } catch (CharacterCodingException e) {
            throw new ConfigurationException(new Problem(path, 0, "is not UTF-8 text"));
        } catch (IOException e) {
            throw new ConfigurationException(new Problem(path, 0, "cannot be read: " + e));
        }
    }

    public Problem problem(int line, String reason) {
        return new Problem(path, line, reason);
    }
}
