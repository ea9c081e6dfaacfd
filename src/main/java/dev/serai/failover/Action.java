package dev.serai.failover;

import java.util.Locale;

/** What to do after a fault. */
public enum Action {
    /** The same candidate once more, if that is allowed and soon; else the next one. */
    RETRY,
    /** The next candidate. */
    NEXT,
    /** The next candidate; this key rests for a while, for everybody. */
    NEXT_KEY,
    /** The next model: other keys for the same model at the same provider are passed over. */
    NEXT_MODEL,
    /** Nothing more: the client gets this failure. */
    STOP;

    /** @throws IllegalArgumentException if there is none with this label */
    public static Action named(String label) {
        return Labels.require(values(), Action::label, label);
    }

    /** As in files and headers: {@code next-key}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
