package dev.serai.catalog;

import java.util.List;

/**
 * Something that is known of a model, and who says so.
 *
 * @param key   as in provider files, such as {@code context}
 * @param value as it stands in the file, in YAML's flow form
 * @param file  the file that says it
 * @param line  the line of it, from 1
 * @param by    where it is from: the {@code source} of the provider file, or the list that an overlay names; may be empty
 * @param on    the day on which a list was found to say so; empty for what a provider file says
 */
public record Fact(String key, String value, String file, int line, List<String> by, String on) {
    public Fact {
        by = List.copyOf(by);
    }
}
