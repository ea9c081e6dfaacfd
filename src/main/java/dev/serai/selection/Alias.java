package dev.serai.selection;

import java.util.List;

/**
 * A name that stands for several models, defined in {@code aliases.yaml}.
 *
 * @param strategy how to choose between them
 * @param members  in the file's order; not empty
 */
public record Alias(String name, Strategy strategy, List<Member> members) {
    /**
     * One of the models.
     *
     * @param model  as a client would name it, but no alias
     * @param weight for the strategy {@code weighted}
     * @param when   for which requests it is meant
     */
    public record Member(String model, int weight, When when) {}

    public Alias {
        members = List.copyOf(members);
    }
}
