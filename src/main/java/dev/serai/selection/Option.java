package dev.serai.selection;

/**
 * A target among others that one name stands for.
 *
 * @param weight its share of the requests under the strategy {@code weighted}; no other looks at it
 */
public record Option(Target target, int weight) {
    /** A target like any other. */
    public Option(Target target) {
        this(target, 1);
    }
}
