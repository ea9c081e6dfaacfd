package dev.serai.management;

import java.util.Map;
import java.util.function.Function;

/** Calls of the management API that belong together, by the ids that the route files give them. */
interface Resource {
    /** What each operation does. May block. */
    Map<String, Function<Call, Reply>> operations();
}
