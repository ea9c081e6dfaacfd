package dev.serai.credits;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Those who have waited for an answer. */
final class Callers {
    private static final Logger LOG = LoggerFactory.getLogger(Callers.class);

    private Callers() {}

    /** Whatever one of them does about it, all are told. */
    static void tell(List<Runnable> told) {
        for (Runnable one : told) {
            try {
                one.run();
            } catch (RuntimeException e) {
                LOG.atError().setCause(e).log("somebody cannot be told what may be spent");
            }
        }
    }
}
