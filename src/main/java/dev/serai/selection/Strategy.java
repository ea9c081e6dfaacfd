package dev.serai.selection;

import java.util.List;

/** How to choose between the targets that a name stands for. Thread-safe. */
public interface Strategy {
    /** As they are listed. */
    Strategy ORDERED = (options, request) -> options;

    /**
     * The same options in the order to try them.
     *
     * @param options at least two, all of them possible; not to be changed
     */
    List<Option> order(List<Option> options, RequestShape request);
}
