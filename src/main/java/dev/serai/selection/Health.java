package dev.serai.selection;

/** Whether a target is worth trying now. One that is not is tried last, not left out: it may be all there is. Thread-safe. */
public interface Health {
    /** Nobody knows of any trouble. */
    Health ALL_WELL = target -> true;

    boolean isHealthy(Target target);
}
