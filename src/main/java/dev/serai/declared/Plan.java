package dev.serai.declared;

import java.util.List;

/**
 * What makes an account as it is declared.
 *
 * @param changes in the order in which they are to be made
 * @param spared  what the file does not name, and is not to be deleted: {@code access key old}
 */
public record Plan(List<Change> changes, List<String> spared) {
    public Plan {
        changes = List.copyOf(changes);
        spared = List.copyOf(spared);
    }

    /** How many changes do this. */
    public long count(Change.Action action) {
        return changes.stream().filter(change -> change.action() == action).count();
    }
}
