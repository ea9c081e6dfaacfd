package dev.serai.control;

/**
 * A tenant: what belongs to one account does not exist for another.
 *
 * @param name    for people
 * @param pricing what it pays where it is not what everybody pays
 */
public record Account(String id, String name, AccountPricing pricing, Stamp stamp) implements Stored {
    /** The one that is there from the first start. */
    public static final String DEFAULT = "default";

    public Account {
        Checks.id("id", id);
        Checks.named(name);
    }

    /** One that pays what everybody pays. */
    public Account(String id, String name, Stamp stamp) {
        this(id, name, AccountPricing.NONE, stamp);
    }

    /** Its own id. */
    @Override
    public String accountId() {
        return id;
    }
}
