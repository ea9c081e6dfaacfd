package dev.serai.reload;

import dev.serai.access.AccessKey;
import dev.serai.access.AccessKeys;
import dev.serai.failover.FailoverPolicy;
import dev.serai.permit.Permit;
import dev.serai.permit.Permits;
import dev.serai.selection.Directory;
import java.time.Instant;

/**
 * What files and the store say, as of one moment. Immutable, and replaced as a whole: whoever needs two parts that fit each other
 * takes one snapshot and reads both from it.
 *
 * @param directory what model names mean for everybody: the providers and aliases of the files, with the models that were discovered
 * @param keys      who may call
 * @param permits   what may be done with each key
 * @param failover  what is done when an attempt fails
 * @param readAt    when the files were read
 */
public record Snapshot(Directory directory, AccessKeys keys, Permits permits, FailoverPolicy failover, Instant readAt) {
    /** What may be done with a key of this snapshot. */
    public Permit permit(AccessKey key) {
        return permits.of(key);
    }
}
