package dev.serai.store;

import java.util.List;

/** Why a change was not made. */
public sealed interface Refusal {
    /** There is no such object in this account. */
    record Absent(String type, String id) implements Refusal {}

    /**
     * Somebody changed the object since it was read.
     *
     * @param current its version now
     */
    record LostUpdate(String type, String id, long current) implements Refusal {}

    /**
     * Others need the object that was to be deleted.
     *
     * @param by at most 100 of them
     */
    record Referenced(String type, String id, List<Referrer> by) implements Refusal {}

    /** Another object of the account has this value already. */
    record Duplicate(String type, String field, String value) implements Refusal {}

    /** The object names others that are not there. */
    record Dangling(String type, String field, List<String> ids) implements Refusal {}

    /** A field has another value than before, and never changes. */
    record Fixed(String type, String field) implements Refusal {}

    /**
     * More was to be taken or given back than there is.
     *
     * @param mostNanos how much it may be, in nano-dollars
     */
    record TooMuch(String type, String id, long mostNanos) implements Refusal {}

    /** Something that needs another object, as people would look for it. */
    record Referrer(String type, String id, String name) {}
}
