package dev.serai.reload;

import dev.serai.access.AccessKeys;
import dev.serai.failover.FailoverPolicy;
import dev.serai.selection.Directory;
import java.time.Instant;

/**
 * What configuration files say, as of one moment. Immutable, and replaced as a whole: whoever needs two parts that fit each other
 * takes one snapshot and reads both from it.
 *
 * @param directory what model names mean: the providers and aliases of the files, with the models that were discovered
 * @param keys      who may call
 * @param failover  what is done when an attempt fails
 * @param readAt    when the files were read
 */
public record Snapshot(Directory directory, AccessKeys keys, FailoverPolicy failover, Instant readAt) {
    Snapshot with(Directory other) {
        return new Snapshot(other, keys, failover, readAt);
    }
}
