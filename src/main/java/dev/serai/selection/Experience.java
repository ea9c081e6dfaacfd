package dev.serai.selection;

/** What strategies learn from attempts: who is busy, and who was quick. Thread-safe. */
public record Experience(Latencies latencies, InFlight inFlight) {
    /** An attempt that has begun. Whatever is said of it after its end is not heard. For one thread at a time. */
    public final class Running {
        private final Target.Key target;
        private final boolean stream;
        private boolean over;

        private Running(Target.Key target, boolean stream) {
            this.target = target;
            this.stream = stream;
            inFlight.began(target);
        }

        /** The first content of a stream, or a whole answer, came after this time. */
        public void answered(long nanos) {
            if (!over) {
                latencies.answered(target, stream, nanos);
            }
        }

        /** No answer came, and that was the target's fault. */
        public void failed() {
            if (!over) {
                latencies.failed(target, stream);
            }
        }

        /** Nothing more will come. */
        public void end() {
            if (!over) {
                over = true;
                inFlight.ended(target);
            }
        }
    }

    /** An attempt at this target begins; it must be {@linkplain Running#end ended}. */
    public Running begin(Target target, boolean stream) {
        return new Running(target.key(), stream);
    }
}
