package dev.serai.sandbox;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** Vectors of length 1 that depend on a text and nothing else: the same on every machine and every Java. */
final class UnitVector {
    private UnitVector() {}

    /** Equal texts give equal vectors; of other texts they say nothing. */
    static float[] of(String text, int dimensions) {
        double[] components = new double[dimensions];
        double squares = 0;
        ByteBuffer hash = ByteBuffer.allocate(0);
        for (int i = 0; i < dimensions; i++) {
            if (!hash.hasRemaining()) {
                hash = ByteBuffer.wrap(sha256(i + ":" + text));
            }
            components[i] = hash.getInt() + 0.5; // never zero, so that the length never is
            squares += components[i] * components[i];
        }
        float[] vector = new float[dimensions];
        for (int i = 0; i < dimensions; i++) {
            vector[i] = (float) (components[i] / Math.sqrt(squares));
        }
        return vector;
    }

    /** The components as little-endian 32-bit floats, in base64. */
    static String base64(float[] vector) {
        ByteBuffer bytes = ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(vector);
        return Base64.getEncoder().encodeToString(bytes.array());
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
