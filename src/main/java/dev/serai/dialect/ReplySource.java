package dev.serai.dialect;

import dev.serai.catalog.UsageTotals;

/**
 * From whom a reply is decoded.
 *
 * @param model  the id by which the model was asked for: signatures in the reply are tied to it
 * @param totals what the provider's token totals contain
 */
public record ReplySource(String model, UsageTotals totals) {
    /** A provider that counts as the dialect's inventor does. */
    public static ReplySource of(String model, String dialect) {
        return new ReplySource(model, UsageTotals.of(dialect));
    }
}
