package dev.serai.failover;

import java.util.Locale;

/** What is done for a stream that breaks after its first content. */
public enum Rescue {
    /** The client gets what came, and then an error. */
    OFF,
    /** A candidate that can go on where another stopped does so; if there is none, the client gets an error. */
    CONTINUE,
    /** The client gets nothing until an answer is whole; a broken one is thrown away, and the next candidate answers. */
    BUFFERED;

    /** @throws IllegalArgumentException if there is none with this label */
    public static Rescue named(String label) {
        return Labels.require(values(), Rescue::label, label);
    }

    /** As in files and headers: {@code buffered}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
