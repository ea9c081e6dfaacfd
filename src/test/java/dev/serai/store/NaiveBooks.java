package dev.serai.store;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What one account should have, in the simplest way there is: a list of lots, and what is owed. */
final class NaiveBooks {
    private final List<NaiveLot> lots = new ArrayList<>();
    private long owed;

    long granted;
    long charged;
    long expired;
    long corrected;

    private static final class NaiveLot {
        final int number;
        final long expiresAt;
        long left;

        NaiveLot(int number, long left, long expiresAt) {
            this.number = number;
            this.left = left;
            this.expiresAt = expiresAt;
        }
    }

    /** @return the number of the lot */
    int give(long nanos, long expiresAt) {
        NaiveLot lot = new NaiveLot(lots.size(), nanos, expiresAt);
        lots.add(lot);
        while (owed > 0 && lot.left > 0) {
            owed--;
            lot.left--;
        }
        return lot.number;
    }

    /** A nano-dollar after the other. */
    void take(long nanos, long now) {
        for (long i = 0; i < nanos; i++) {
            lots.stream()
                    .filter(lot -> lot.left > 0 && lot.expiresAt > now)
                    .min(Comparator.comparingLong((NaiveLot lot) -> lot.expiresAt)
                            .thenComparingInt(lot -> lot.number))
                    .ifPresentOrElse(lot -> lot.left--, () -> owed++);
        }
    }

    void takeFrom(int number, long nanos) {
        NaiveLot lot = lots.get(number);
        for (long i = 0; i < nanos; i++) {
            if (lot.left > 0) {
                lot.left--;
            } else {
                owed++;
            }
        }
    }

    void expire(long now) {
        for (NaiveLot lot : lots) {
            if (lot.expiresAt <= now) {
                expired += lot.left;
                lot.left = 0;
            }
        }
    }

    long owed() {
        return owed;
    }

    List<Long> left() {
        return lots.stream()
                .filter(lot -> lot.left > 0)
                .sorted(Comparator.comparingLong((NaiveLot lot) -> lot.expiresAt)
                        .thenComparingInt(lot -> lot.number))
                .map(lot -> lot.left)
                .toList();
    }

    long balance() {
        return granted - charged - expired + corrected;
    }
}
