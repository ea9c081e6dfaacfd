package dev.serai.sandbox;

import io.vertx.core.buffer.Buffer;
import java.util.List;

/** The events of one streamed answer, framed as SSE: opening, pieces, closing. Used once, in that order. */
interface EventWriter {
    List<Buffer> opening();

    Buffer piece(String piece);

    List<Buffer> closing();
}
