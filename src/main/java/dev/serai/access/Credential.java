package dev.serai.access;

/** What authenticates Serai to a provider. */
public sealed interface Credential {
    /** The provider asks for nothing. */
    record None() implements Credential {}

    /** A header, such as {@code Authorization} with the prefix {@code "Bearer "}. */
    record Header(String header, String prefix, Secret value) implements Credential {}
}
