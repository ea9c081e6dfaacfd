package dev.serai.json;

import java.util.ArrayList;
import java.util.List;

/** Bytes put together from pieces of other arrays; neighbours that were neighbours before are copied at once. */
final class Splice {
    private final List<Piece> pieces = new ArrayList<>();
    private int length;

    @SuppressWarnings("ArrayRecordComponent") // a view on an array, never compared
    private record Piece(byte[] bytes, int from, int to) {}

    Splice add(byte[] bytes, int from, int to) {
        length += to - from;
        Piece last = pieces.isEmpty() ? null : pieces.get(pieces.size() - 1);
        if (last != null && last.bytes() == bytes && last.to() == from) {
            pieces.set(pieces.size() - 1, new Piece(bytes, last.from(), to));
        } else {
            pieces.add(new Piece(bytes, from, to));
        }
        return this;
    }

    Splice add(byte[] bytes) {
        return add(bytes, 0, bytes.length);
    }

    byte[] toBytes() {
        byte[] whole = new byte[length];
        int at = 0;
        for (Piece piece : pieces) {
            int size = piece.to() - piece.from();
            System.arraycopy(piece.bytes(), piece.from(), whole, at, size);
            at += size;
        }
        return whole;
    }
}
