package dev.serai.control;

/**
 * A tenant: what belongs to one account does not exist for another.
 *
 * @param name for people
 */
public record Account(String id, String name, Stamp stamp) implements Stored {
    /** The one that is there from the first start. */
    public static final String DEFAULT = "default";

    public Account {
        Checks.id("id", id);
        Checks.named(name);
    }

    /** Its own id. */
    @Override
    public String accountId() {
        return id;
    }
}
