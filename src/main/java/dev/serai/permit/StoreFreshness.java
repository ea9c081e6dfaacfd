package dev.serai.permit;

import dev.serai.access.AccessKey;
import java.time.Instant;

/** How well the store is known, and who hears of its keys being used. Never waits. */
public interface StoreFreshness {
    /** There is no store. */
    StoreFreshness NO_STORE = new StoreFreshness() {
        @Override
        public boolean isTooOld() {
            return false;
        }

        @Override
        public void uses(AccessKey key, Instant now) {
            // Only keys of the store have a place for it.
        }
    };

    /** Whether what is known of the store is older than the operator allows. */
    boolean isTooOld();

    /** Notes that a key of the store is used; it is written there when there is time. */
    void uses(AccessKey key, Instant now);
}
