package dev.serai.access;

import java.time.Instant;

/**
 * What Serai keeps of an access key: never the token itself.
 *
 * @param id        public part, safe to log
 * @param name      for people
 * @param createdAt when it was made
 */
public record AccessKey(String id, String name, Instant createdAt) {}
