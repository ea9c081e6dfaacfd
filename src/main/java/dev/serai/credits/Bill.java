package dev.serai.credits;

import org.jspecify.annotations.Nullable;

/**
 * What an attempt costs, in pico-dollars, exactly.
 *
 * @param state        whether the price of the model is known
 * @param priceVersion which price it was, such as {@code openai:gpt-5.4@2026-03-01#1f3a90c2}; null if there is none
 * @param modelPicos   what the model costs, mark-up included; 0 if the price is not known
 * @param paysModel    whether the account pays for the model: not with a key of its own
 * @param feePicos     the processing fee
 */
public record Bill(State state, @Nullable String priceVersion, long modelPicos, boolean paysModel, long feePicos) {
    /** What is known of a price. Unknown is not free. */
    public enum State {
        KNOWN,
        FREE,
        UNKNOWN
    }

    /** Of an attempt that used nothing that is paid for. */
    public static final Bill NOTHING = new Bill(State.FREE, null, 0, false, 0);

    private static final long PICOS_PER_NANO = 1_000;

    public Bill {
        if (modelPicos < 0 || feePicos < 0) {
            throw new IllegalArgumentException("nothing costs less than nothing");
        }
    }

    /** What the account pays, in nano-dollars. This is the one place where anything is rounded, and it is rounded up. */
    public long chargeNanos() {
        return -Math.floorDiv(-Math.addExact(paysModel ? modelPicos : 0, feePicos), PICOS_PER_NANO);
    }

    /** The part of the charge that is the model's, in nano-dollars: what is rounded up belongs to the fee. */
    public long modelNanos() {
        return paysModel ? modelPicos / PICOS_PER_NANO : 0;
    }

    /** The part of the charge that is the fee, in nano-dollars. */
    public long feeNanos() {
        return chargeNanos() - modelNanos();
    }

    /** What it costs, whoever pays for the model, in nano-dollars. */
    public long costNanos() {
        return modelPicos / PICOS_PER_NANO + feeNanos();
    }
}
