package dev.serai.management;

/**
 * That a call says which call it is, so that it is not carried out twice.
 *
 * @param key  the header {@code Idempotency-Key}
 * @param hash keyed hash of the method, the path, the account and the body
 */
record Repetition(String key, String hash) {}
