package dev.serai.faults;

/**
 * A row of the table: what a provider does, and what its client gets of it.
 *
 * @param provider who is asked first, {@code first} for the fault server with one key
 * @param fallback who is asked next, if anybody
 * @param alone    without a fallback
 * @param helped   with a fallback, whichever dialect it speaks
 * @param held     the same, of a stream that is held back until it is whole
 * @param goneOn   the same, of a stream that the fallback may go on with
 */
record FaultCase(
        String name,
        Mode mode,
        String provider,
        String fallback,
        Turn.Deed deed,
        Verdict alone,
        Verdict helped,
        Verdict held,
        Verdict goneOn) {
    enum Mode {
        BOTH("yes", "yes"),
        STREAMED("yes", "–"),
        WHOLE("–", "yes");

        final String streamed;
        final String whole;

        Mode(String streamed, String whole) {
            this.streamed = streamed;
            this.whole = whole;
        }

        boolean includes(boolean stream) {
            return this == BOTH || stream == (this == STREAMED);
        }
    }

    /** What a client gets in the end. */
    enum Verdict {
        /** The whole answer of one candidate. */
        RESCUED("rescued"),
        /** An error of its dialect, in good time; never a part of an answer that looks like the whole. */
        CLEAN_ERROR("clean error");

        final String label;

        Verdict(String label) {
            this.label = label;
        }
    }

    static FaultCase of(String name, Verdict alone, Verdict helped, Turn.Deed deed) {
        return new FaultCase(name, Mode.BOTH, "first", "second", deed, alone, helped, helped, helped);
    }

    /** Only another candidate can help. */
    static FaultCase needsHelp(String name, Turn.Deed deed) {
        return of(name, Verdict.CLEAN_ERROR, Verdict.RESCUED, deed);
    }

    /** Needs nobody else. */
    static FaultCase harmless(String name, Turn.Deed deed) {
        return of(name, Verdict.RESCUED, Verdict.RESCUED, deed);
    }

    /** The client has a part of the answer already, and gets no other; unless it was held back, or somebody can go on. */
    static FaultCase midStream(String name, Turn.Deed deed) {
        return new FaultCase(
                name,
                Mode.STREAMED,
                "first",
                "second",
                deed,
                Verdict.CLEAN_ERROR,
                Verdict.CLEAN_ERROR,
                Verdict.RESCUED,
                Verdict.RESCUED);
    }

    FaultCase in(Mode only) {
        return new FaultCase(name, only, provider, fallback, deed, alone, helped, held, goneOn);
    }

    FaultCase at(String otherProvider) {
        return new FaultCase(name, mode, otherProvider, fallback, deed, alone, helped, held, goneOn);
    }

    FaultCase with(String otherFallback) {
        return new FaultCase(name, mode, provider, otherFallback, deed, alone, helped, held, goneOn);
    }

    /** Nobody can go on. */
    FaultCase notGoneOn() {
        return new FaultCase(name, mode, provider, fallback, deed, alone, helped, held, Verdict.CLEAN_ERROR);
    }

    @Override
    public String toString() {
        return name;
    }
}
