package dev.serai.store;

import dev.serai.control.Actor;
import dev.serai.control.SealedValue;
import dev.serai.secrets.Owner;
import dev.serai.secrets.SealException;
import dev.serai.secrets.Vault;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.jdbi.v3.core.Handle;

/**
 * Seals everything by the newest master key that an older one sealed. Goes in steps, each a change of its own, so that other changes need
 * not wait for long; whoever is interrupted does it again. Values are not decrypted, and no object gets another version.
 */
public final class KeyRotation {
    private static final int STEP = 100;

    private final Store store;
    private final Vault vault;

    public KeyRotation(Store store, Vault vault) {
        this.store = store;
        this.vault = vault;
    }

    /**
     * How it went.
     *
     * @param rewrapped how many values are sealed by the newest key since
     * @param failed    what cannot be opened, with the reason: that is left as it is
     */
    public record Outcome(long rewrapped, List<String> failed) {}

    /** Where sealed values lie: the table, the columns that tell the row, and how these become an owner. */
    private record Place(String table, String owner, String id, String kind) {
        Owner owner(Sealed row) {
            return new Owner(kind, row.owner, row.id);
        }
    }

    private record Sealed(String owner, String id, SealedValue value) {}

    private static final List<Place> PLACES = List.of(
            new Place("provider_key", "account_id", "id", "provider-key"),
            new Place("idempotency", "actor", "idempotency_key", "idempotency"));

    /**
     * Does it.
     *
     * @param progress is told after each step how many values were sealed again so far
     */
    public Outcome rotate(Actor actor, String newest, LongConsumer progress) {
        long rewrapped = 0;
        List<String> failed = new ArrayList<>();
        for (Place place : PLACES) {
            Sealed last = new Sealed("", "", new SealedValue("none", "", "", ""));
            while (true) {
                Sealed from = last;
                List<Sealed> rows = store.change(actor, session -> {
                    List<Sealed> step = next(session.handle(), place, from, newest);
                    step.forEach(row -> rewrap(session, place, row, failed));
                    return step;
                });
                if (rows.isEmpty()) {
                    break;
                }
                rewrapped += rows.size();
                progress.accept(rewrapped - failed.size());
                last = rows.get(rows.size() - 1);
            }
        }
        Outcome outcome = new Outcome(rewrapped - failed.size(), List.copyOf(failed));
        if (outcome.rewrapped > 0) {
            store.change(actor, session -> {
                session.journal()
                        .write(
                                "rotate",
                                "master-key",
                                null,
                                newest,
                                null,
                                Json.object().put("rewrapped", outcome.rewrapped));
                return outcome;
            });
        }
        return outcome;
    }

    private static List<Sealed> next(Handle handle, Place place, Sealed last, String newest) {
        return handle.createQuery("SELECT * FROM " + place.table + " WHERE master_key_id <> :newest AND ("
                        + place.owner + ", " + place.id + ") > (:owner, :id) ORDER BY " + place.owner + ", " + place.id
                        + " LIMIT " + STEP)
                .bind("newest", newest)
                .bind("owner", last.owner)
                .bind("id", last.id)
                .map((result, context) -> {
                    Row row = new Row(result);
                    return new Sealed(row.text(place.owner), row.text(place.id), ProviderKeyTable.sealed(row));
                })
                .list();
    }

    private void rewrap(Session session, Place place, Sealed row, List<String> failed) {
        try {
            SealedValue sealed = vault.rewrap(row.value, place.owner(row));
            session.handle()
                    .createUpdate(
                            "UPDATE " + place.table + " SET master_key_id = :master, wrapped_key = :wrapped WHERE "
                                    + place.owner + " = :owner AND " + place.id + " = :id")
                    .bind("master", sealed.masterKeyId())
                    .bind("wrapped", sealed.wrappedKey())
                    .bind("owner", row.owner)
                    .bind("id", row.id)
                    .execute();
        } catch (SealException e) {
            failed.add(place.kind + " " + row.id + " of " + row.owner + ": " + e.getMessage());
        }
    }
}
