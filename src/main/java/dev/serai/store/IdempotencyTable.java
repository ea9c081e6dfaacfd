package dev.serai.store;

import dev.serai.control.SealedValue;
import dev.serai.secrets.Owner;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Answers to requests that carried an idempotency key, to be repeated when such a request is. Kept in the transaction of the change that
 * the request made; sealed, since an answer may show a new token.
 */
public final class IdempotencyTable {
    private static final int MAX_KEY = 255;

    private final Handle handle;
    private final @Nullable Journal journal;

    IdempotencyTable(Handle handle, @Nullable Journal journal) {
        this.handle = handle;
        this.journal = journal;
    }

    /**
     * An answer to repeat.
     *
     * @param requestHash of the request that it answered: another request with the same key is a mistake
     * @param body        sealed for {@link #owner}
     */
    public record Answer(String requestHash, int status, SealedValue body, Instant createdAt) {}

    /**
     * What an answer is sealed for.
     *
     * @param actor who asks: keys of different actors have nothing to do with each other
     * @throws IllegalArgumentException if the key is empty, longer than 255 characters or not of visible ASCII characters
     */
    public static Owner owner(String actor, String key) {
        if (key.isEmpty() || key.length() > MAX_KEY || !key.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new IllegalArgumentException(
                    "an idempotency key has 1 to " + MAX_KEY + " visible ASCII characters, and no others");
        }
        return new Owner("idempotency", actor, key);
    }

    /** The answer that was kept for this key. */
    public Optional<Answer> find(String actor, String key) {
        return handle.createQuery("SELECT * FROM idempotency WHERE actor = :actor AND idempotency_key = :key")
                .bind("actor", actor)
                .bind("key", key)
                .map((result, context) -> {
                    Row row = new Row(result);
                    return new Answer(
                            row.text("request_hash"),
                            result.getInt("status"),
                            ProviderKeyTable.sealed(row),
                            row.instant("created_at"));
                })
                .findOne();
    }

    /** @throws ChangeRefusedException {@link Refusal.Duplicate}, if there is an answer for this key already */
    public void keep(String actor, String key, String requestHash, int status, SealedValue body) {
        if (journal == null) {
            throw new IllegalStateException("this session reads; changes are made in Store.change");
        }
        if (find(actor, key).isPresent()) {
            throw new ChangeRefusedException(new Refusal.Duplicate("idempotency", "key", key));
        }
        handle.createUpdate("INSERT INTO idempotency (actor, idempotency_key, request_hash, status, master_key_id,"
                        + " wrapped_key, nonce, ciphertext, created_at) VALUES (:actor, :key, :hash, :status, :master,"
                        + " :wrapped, :nonce, :ciphertext, :at)")
                .bind("actor", actor)
                .bind("key", key)
                .bind("hash", requestHash)
                .bind("status", status)
                .bind("master", body.masterKeyId())
                .bind("wrapped", body.wrappedKey())
                .bind("nonce", body.nonce())
                .bind("ciphertext", body.ciphertext())
                .bind("at", Row.micros(journal.now()))
                .execute();
    }

    /** Whether there are answers that are older. */
    public boolean hasOlder(Instant than) {
        return handle.createQuery("SELECT 1 FROM idempotency WHERE created_at < :than LIMIT 1")
                .bind("than", Row.micros(than))
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    /** Forgets answers that are older. @return how many */
    public int purge(Instant before) {
        return handle.createUpdate("DELETE FROM idempotency WHERE created_at < :before")
                .bind("before", Row.micros(before))
                .execute();
    }
}
