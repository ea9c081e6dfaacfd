package dev.serai.dialect;

/**
 * What an answer is called where the provider does not say, and how its stream is written: see {@link ReplyContext}.
 *
 * @param id           unique, letters and digits only
 * @param epochSeconds the time of the request
 */
public record ReplyIdentity(String id, long epochSeconds, ReplyContext.Framing framing) {}
