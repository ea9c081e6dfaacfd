package dev.serai.config;

/**
 * Something wrong in a configuration file.
 *
 * @param file   as a person would find it
 * @param line   from 1; 0 if the whole file is meant
 * @param reason what is wrong, and where it is not obvious, what would be right
 */
public record Problem(String file, int line, String reason) {
    /** {@code file:line: reason}, which terminals and editors turn into a link. */
    @Override
    public String toString() {
        return line == 0 ? file + ": " + reason : file + ":" + line + ": " + reason;
    }
}
