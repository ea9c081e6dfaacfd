package dev.serai.store;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an account has, while a transaction changes it, in memory. Each method gives the entries that say what it did; the books write them,
 * and the sums that are here, at the end. Money is nano-dollars, times are microseconds.
 */
final class AccountBook {
    /** First the one that expires first. */
    static final Comparator<OpenLot> ORDER =
            Comparator.comparingLong((OpenLot lot) -> lot.expiresAt).thenComparing(lot -> lot.id);

    final String id;
    long balance;
    long overdraft;
    long granted;
    final List<OpenLot> lots = new ArrayList<>();

    AccountBook(String id, long balance, long overdraft, long granted) {
        this.id = id;
        this.balance = balance;
        this.overdraft = overdraft;
        this.granted = granted;
    }

    /** One side of a transaction. */
    record Entry(String book, @Nullable String lotId, long amount) {
        static Entry of(String book, long amount) {
            return new Entry(book, null, amount);
        }
    }

    /** A lot that has something left, or had when the transaction began. */
    static final class OpenLot {
        final String id;
        final long granted;
        final long expiresAt;
        long remaining;
        boolean isChanged;
        boolean isExpired;

        OpenLot(String id, long granted, long remaining, long expiresAt) {
            this.id = id;
            this.granted = granted;
            this.remaining = remaining;
            this.expiresAt = expiresAt;
        }

        private Entry move(long amount) {
            remaining = Math.addExact(remaining, amount);
            isChanged = true;
            return new Entry("lot:" + id, id, amount);
        }
    }

    /** Takes from the lots that have not expired, the one that expires first first; what they do not cover is owed. */
    List<Entry> take(long amount, long now) {
        List<Entry> entries = new ArrayList<>();
        long missing = amount;
        for (OpenLot lot : lots) {
            long part = lot.expiresAt > now ? Math.min(missing, lot.remaining) : 0;
            if (part > 0) {
                entries.add(lot.move(-part));
                missing -= part;
            }
        }
        return taken(amount, missing, entries);
    }

    /** Takes from one lot; what it does not cover is owed. */
    List<Entry> takeFrom(OpenLot lot, long amount) {
        List<Entry> entries = new ArrayList<>();
        long part = Math.min(amount, lot.remaining);
        if (part > 0) {
            entries.add(lot.move(-part));
        }
        return taken(amount, amount - part, entries);
    }

    private List<Entry> taken(long amount, long missing, List<Entry> entries) {
        if (missing > 0) {
            overdraft = Math.addExact(overdraft, missing);
            entries.add(Entry.of(owed(), -missing));
        }
        balance = Math.subtractExact(balance, amount);
        return entries;
    }

    /** A new lot, filled. */
    Entry add(OpenLot lot) {
        long amount = lot.granted;
        lots.add(lot);
        lots.sort(ORDER);
        granted = Math.addExact(granted, amount);
        balance = Math.addExact(balance, amount);
        return new Entry("lot:" + lot.id, lot.id, amount);
    }

    /** Pays what is owed from a lot. None if nothing is owed. */
    List<Entry> cover(OpenLot lot) {
        long part = Math.min(overdraft, lot.remaining);
        if (part == 0) {
            return List.of();
        }
        overdraft -= part;
        return List.of(lot.move(-part), Entry.of(owed(), part));
    }

    /** The same lot, if it is among those here; otherwise it is now. */
    OpenLot known(OpenLot lot) {
        for (OpenLot own : lots) {
            if (own.id.equals(lot.id)) {
                return own;
            }
        }
        lots.add(lot);
        lots.sort(ORDER);
        return lot;
    }

    /** Takes what is left of a lot that has expired. None if nothing is left. */
    List<Entry> expire(OpenLot lot) {
        long left = lot.remaining;
        lot.isExpired = true;
        lot.isChanged = true;
        granted -= lot.granted;
        balance -= left;
        return left == 0 ? List.of() : List.of(lot.move(-left), Entry.of("expired", left));
    }

    private String owed() {
        return "overdraft:" + id;
    }
}
