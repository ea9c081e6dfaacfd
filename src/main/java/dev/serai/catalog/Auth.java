package dev.serai.catalog;

/** How a provider wants its credential: in which header, behind which prefix, and where the operator puts it. */
public sealed interface Auth {
    /** The provider asks for nothing. */
    record None() implements Auth {}

    /**
     * The credential travels in a header.
     *
     * @param header such as {@code Authorization} or {@code x-api-key}
     * @param prefix such as {@code "Bearer "}; may be empty
     * @param env    the environment variable that holds the credential
     */
    record Header(String header, String prefix, String env) implements Auth {}
}
