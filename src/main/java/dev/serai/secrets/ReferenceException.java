package dev.serai.secrets;

/** A reference whose value cannot be had. The message says why, and what to do; it holds no value. */
public final class ReferenceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean isForGood;

    private ReferenceException(String message, boolean isForGood) {
        super(message);
        this.isForGood = isForGood;
    }

    /** It may be had later, or by another node. */
    public static ReferenceException now(String message) {
        return new ReferenceException(message, false);
    }

    /** This Serai, as it is set up, never has it. */
    public static ReferenceException forGood(String message) {
        return new ReferenceException(message, true);
    }

    /** Whether it is of no use to ask again. */
    public boolean isForGood() {
        return isForGood;
    }
}
