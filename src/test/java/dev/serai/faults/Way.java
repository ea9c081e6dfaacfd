package dev.serai.faults;

import dev.serai.faults.FaultCase.Verdict;

/** How a client asks, and who is there to help. */
record Way(Tongue client, boolean streamed, Help help) {
    @Override
    public String toString() {
        return client.id + (streamed ? ", streamed, " : ", ") + help;
    }

    String fallback(FaultCase fault) {
        return switch (help) {
            case NOBODY -> "";
            case SAME_DIALECT, SAME_DIALECT_HELD, SAME_DIALECT_GONE_ON -> fault.fallback() + "-" + client.id;
            case OTHER_DIALECT, OTHER_DIALECT_HELD, OTHER_DIALECT_GONE_ON -> fault.fallback() + "-" + client.other().id;
        };
    }

    Verdict verdict(FaultCase fault) {
        return help == Help.NOBODY
                ? fault.alone()
                : help.isHeld() ? fault.held() : help.isGoneOn() ? fault.goneOn() : fault.helped();
    }

    /** Whether the client reads the beginning of one answer and the end of another. */
    boolean isSpliced(FaultCase fault) {
        return help.isGoneOn() && fault.helped() == Verdict.CLEAN_ERROR && fault.goneOn() == Verdict.RESCUED;
    }

    String[] headers() {
        return help.isHeld()
                ? new String[] {"x-serai-failover: rescue=buffered"}
                : help.isGoneOn() ? new String[] {"x-serai-failover: rescue=continue"} : new String[0];
    }

    /** What becomes of a request whose first provider fails. */
    enum Help {
        NOBODY("alone"),
        SAME_DIALECT("with a fallback of the same dialect"),
        OTHER_DIALECT("with a fallback of the other dialect"),
        SAME_DIALECT_HELD("held back, with a fallback of the same dialect"),
        OTHER_DIALECT_HELD("held back, with a fallback of the other dialect"),
        SAME_DIALECT_GONE_ON("to be gone on with, with a fallback of the same dialect"),
        OTHER_DIALECT_GONE_ON("to be gone on with, with a fallback of the other dialect");

        private final String label;

        Help(String label) {
            this.label = label;
        }

        boolean isHeld() {
            return this == SAME_DIALECT_HELD || this == OTHER_DIALECT_HELD;
        }

        boolean isGoneOn() {
            return this == SAME_DIALECT_GONE_ON || this == OTHER_DIALECT_GONE_ON;
        }

        boolean isForStreams() {
            return isHeld() || isGoneOn();
        }

        @Override
        public String toString() {
            return label;
        }
    }
}
