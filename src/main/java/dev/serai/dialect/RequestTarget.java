package dev.serai.dialect;

import org.jspecify.annotations.Nullable;

/**
 * What a request line says, for dialects that name the model and the method there.
 *
 * @param path without the query, still URL-encoded
 * @param alt  the parameter {@code alt} of the query, by which Google's interfaces are told how to write an answer; null if absent
 */
public record RequestTarget(String path, @Nullable String alt) {}
