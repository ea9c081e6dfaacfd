package dev.serai.credits;

import java.util.Optional;

/**
 * The credits of an account have just fallen below a share of what was granted.
 *
 * @param percent      the share: 20, 5 or 0
 * @param balanceNanos what is left
 */
public record LowBalance(String accountId, int percent, long balanceNanos) {
    private static final int[] SHARES = {0, 5, 20};
    private static final int WHOLE = 100;

    /** The lowest share that a charge has crossed; empty if it has crossed none. */
    public static Optional<LowBalance> of(Standing standing) {
        for (int percent : SHARES) {
            long limit = standing.grantedNanos() / WHOLE * percent;
            if (standing.beforeNanos() > limit && standing.balanceNanos() <= limit) {
                return Optional.of(new LowBalance(standing.accountId(), percent, standing.balanceNanos()));
            }
        }
        return Optional.empty();
    }
}
