package dev.serai.selection;

import dev.serai.error.GatewayException;
import org.jspecify.annotations.Nullable;

/** Something that a target must pass before it becomes a candidate. Thread-safe. */
interface Check {
    /** Why this target cannot serve this request; null if nothing speaks against it. */
    @Nullable
    GatewayException refusal(Target target, Selection selection);
}
