package dev.serai.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** Where the value of a provider's key comes from. Not from the arguments: those are in the list of processes. */
final class KeyValue {
    private static final int MAX_BYTES = 20_000;

    @Option(
            names = "--value-file",
            paramLabel = "FILE",
            description = "Holds the value, and nothing else; - for the standard input.")
    private @Nullable String file;

    @Option(names = "--value-env", paramLabel = "VARIABLE", description = "Holds the value; read here and now.")
    private @Nullable String variable;

    @Option(
            names = "--reference",
            paramLabel = "{{KIND:NAME}}",
            description = "For operators: where the gateway finds the value, such as {{env:NAME}}.")
    private @Nullable String reference;

    /**
     * The value.
     *
     * @return null if nothing says where it is
     * @throws UnclearNameException if it cannot be read
     */
    @Nullable
    String read(ApiSetup setup, CommandLine line) throws UnclearNameException {
        int given = (file == null ? 0 : 1) + (variable == null ? 0 : 1) + (reference == null ? 0 : 1);
        if (given > 1) {
            throw new CommandLine.ParameterException(
                    line, "only one of --value-file, --value-env and --reference can say where the value is");
        }
        if (file != null) {
            return ofFile(file, setup);
        }
        if (variable != null) {
            String value = setup.environment().getOrDefault(variable, "");
            if (value.isEmpty()) {
                throw new UnclearNameException("The variable " + variable + " is not set.");
            }
            return value;
        }
        if (reference != null && !reference.startsWith("{{")) {
            throw new CommandLine.ParameterException(
                    line, "--reference takes a place such as {{env:NAME}}, and no value");
        }
        return reference;
    }

    private static String ofFile(String file, ApiSetup setup) throws UnclearNameException {
        byte[] bytes;
        try (InputStream in = file.equals("-") ? setup.in() : Files.newInputStream(Path.of(file))) {
            bytes = in.readNBytes(MAX_BYTES + 1);
        } catch (IOException e) {
            throw new UnclearNameException("The value cannot be read: " + e);
        }
        String value = new String(bytes, StandardCharsets.UTF_8).strip();
        if (bytes.length > MAX_BYTES || value.isEmpty()) {
            throw new UnclearNameException("What --value-file names is empty, or too large to be a key.");
        }
        return value;
    }
}
