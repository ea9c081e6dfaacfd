package dev.serai.config;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Configuration that is refused as a whole, with everything that is wrong in it. The message has a line for each
 * problem.
 */
public final class ConfigurationException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    /**
     * Refuses configuration for these problems.
     *
     * @throws IllegalArgumentException if there are none
     */
    public ConfigurationException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        if (problems.isEmpty()) {
            throw new IllegalArgumentException("configuration is refused for a reason");
        }
        this.problems = List.copyOf(problems);
    }

    public ConfigurationException(Problem problem) {
        this(List.of(problem));
    }

    /** In the order of files and lines. Never empty. */
    public List<Problem> problems() {
        return problems;
    }
}
