package dev.serai.dialect;

import java.util.List;

/**
 * A body in a dialect, and what could not be said in it.
 *
 * @param body    JSON in UTF-8; not copied, and not to be changed
 * @param dropped each thing once, in the order in which it was met; empty if everything crossed
 */
@SuppressWarnings("ArrayRecordComponent") // handed on to be written, never compared
public record Encoded(byte[] body, List<Dropped> dropped) {
    public Encoded {
        dropped = dropped.stream().distinct().toList();
    }
}
