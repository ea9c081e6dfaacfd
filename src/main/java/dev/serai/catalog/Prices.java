package dev.serai.catalog;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a model costs: known, declared free, or not known. An unknown price is never a price of zero. */
public sealed interface Prices {
    /** The price of a model that nobody stated a price for. */
    Prices UNKNOWN = new Unknown();

    /** The price of a model that is declared to cost nothing. */
    Prices FREE = new Free();

    /** The price in force at this moment; null if it is not known. */
    @Nullable
    Price at(Instant moment);

    /**
     * Stated, for one or several periods.
     *
     * @param periods at least one, the earliest first, no two from the same day; before the first, nothing is known
     */
    record Known(List<Price> periods) implements Prices {
        public Known {
            if (periods.isEmpty()) {
                throw new IllegalArgumentException("a known price has an amount");
            }
            periods =
                    periods.stream().sorted(Comparator.comparing(Known::start)).toList();
        }

        private static LocalDate start(Price price) {
            return price.from() == null ? LocalDate.MIN : price.from();
        }

        @Override
        public @Nullable Price at(Instant moment) {
            LocalDate day = LocalDate.ofInstant(moment, ZoneOffset.UTC);
            Price inForce = null;
            for (Price price : periods) {
                if (!start(price).isAfter(day)) {
                    inForce = price;
                }
            }
            return inForce;
        }
    }

    /** Declared to cost nothing. */
    record Free() implements Prices {
        @Override
        public Price at(Instant moment) {
            return Price.FREE;
        }
    }

    /** Not stated by anybody. */
    record Unknown() implements Prices {
        @Override
        public @Nullable Price at(Instant moment) {
            return null;
        }
    }
}
