package dev.serai.upstream.media;

/**
 * What stood at a URL.
 *
 * @param mediaType as its bytes say
 * @param bytes     not copied, and not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // handed on to be encoded, never compared
public record Fetched(String mediaType, byte[] bytes) {}
