package dev.serai.access;

import java.time.Instant;

/**
 * What Serai keeps of an access key: never the token itself.
 *
 * @param id        public part, safe to log
 * @param name      for people
 * @param createdAt when it was made
 * @param scope     what may be called with it
 */
public record AccessKey(String id, String name, Instant createdAt, Scope scope) {
    /** A key with which everything may be called. */
    public AccessKey(String id, String name, Instant createdAt) {
        this(id, name, createdAt, Scope.ALL);
    }
}
