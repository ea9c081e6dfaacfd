package dev.serai.sse;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Finding the ends of lines in bytes, eight at a time. */
final class SseLines {
    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;

    private SseLines() {}

    /** The index of the first CR or LF; {@code to} if there is none. */
    static int endOfLine(byte[] bytes, int from, int to) {
        int i = from;
        while (i + Long.BYTES <= to && !holdsEnd((long) EIGHT.get(bytes, i))) {
            i += Long.BYTES;
        }
        while (i < to && bytes[i] != '\n' && bytes[i] != '\r') {
            i++;
        }
        return i;
    }

    /**
     * The length of the byte-order mark that the bytes begin with, 0 without one, -1 if there are too few bytes to
     * tell.
     */
    static int byteOrderMark(byte[] bytes, int length) {
        for (int i = 0; i < 3; i++) {
            if (i == length) {
                return -1;
            }
            if (bytes[i] != (byte) (0xEFBBBF >> (16 - 8 * i))) {
                return 0;
            }
        }
        return 3;
    }

    private static boolean holdsEnd(long eight) {
        return (zeroBytes(eight ^ (ONES * '\n')) | zeroBytes(eight ^ (ONES * '\r'))) != 0;
    }

    /** Not zero exactly if one of the eight bytes is zero. */
    private static long zeroBytes(long eight) {
        return (eight - ONES) & ~eight & HIGHS;
    }
}
