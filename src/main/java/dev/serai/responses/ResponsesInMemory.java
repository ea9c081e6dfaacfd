package dev.serai.responses;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Keeps responses in memory: for a time, and no more than so many and so many bytes; the oldest go first. Nothing survives a restart.
 * What has expired is forgotten at the next call of any method.
 */
public final class ResponsesInMemory implements ResponseStore {
    private final Duration keepFor;
    private final long maxBytes;
    private final int maxCount;
    private final Clock clock;
    /** The oldest first, which also expire first. */
    private final Map<Key, Kept> kept = new LinkedHashMap<>();

    private long bytes;

    private record Kept(StoredResponse response, Instant until) {}

    public ResponsesInMemory(Duration keepFor, long maxBytes, int maxCount, Clock clock) {
        this.keepFor = keepFor;
        this.maxBytes = maxBytes;
        this.maxCount = maxCount;
        this.clock = clock;
    }

    @Override
    public synchronized void keep(Key key, StoredResponse response) {
        forgetExpired();
        forget(key);
        if (response.bytes() > maxBytes) {
            return; // would not fit if it were alone
        }
        kept.put(key, new Kept(response, clock.instant().plus(keepFor)));
        bytes += response.bytes();
        Iterator<Kept> oldest = kept.values().iterator();
        while (bytes > maxBytes || kept.size() > maxCount) {
            bytes -= oldest.next().response.bytes();
            oldest.remove();
        }
    }

    private void forgetExpired() {
        Instant now = clock.instant();
        Iterator<Kept> oldest = kept.values().iterator();
        while (oldest.hasNext()) {
            Kept next = oldest.next();
            if (next.until.isAfter(now)) {
                return;
            }
            bytes -= next.response.bytes();
            oldest.remove();
        }
    }

    private boolean forget(Key key) {
        Kept gone = kept.remove(key);
        if (gone != null) {
            bytes -= gone.response.bytes();
        }
        return gone != null;
    }

    @Override
    public synchronized CompletionStage<Optional<StoredResponse>> find(Key key) {
        forgetExpired();
        return CompletableFuture.completedFuture(
                Optional.ofNullable(kept.get(key)).map(Kept::response));
    }

    @Override
    public synchronized CompletionStage<Boolean> remove(Key key) {
        forgetExpired();
        return CompletableFuture.completedFuture(forget(key));
    }

    @Override
    public String promise() {
        return "responses for " + keepFor.toSeconds() + " s, at most " + maxCount + " of them and " + maxBytes
                + " bytes, and forgets the oldest first";
    }
}
