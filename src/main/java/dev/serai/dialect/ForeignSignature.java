package dev.serai.dialect;

import dev.serai.conversation.Signature;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Signatures in places that were made for those of another dialect. A client of one dialect that talks to a model of another keeps the
 * signature and sends it back with the next turn; then it must be known whose it is. So what a client gets is an envelope: base64, as
 * some clients demand, of a mark and the signature's parts. A signature of the client's own dialect stays as it is.
 *
 * <p>An envelope is no secret and no proof. A client may forge one; the model that reads it will not be fooled.
 */
public final class ForeignSignature {
    /** Six bytes, so that every envelope begins with the same eight characters. */
    private static final String MARK = "serai1";

    private static final String MARK_BASE64 =
            Base64.getEncoder().encodeToString(MARK.getBytes(StandardCharsets.US_ASCII));

    private ForeignSignature() {}

    /** The text that stands for a signature in a client's dialect. */
    public static String write(Signature signature, String clientDialect) {
        if (signature.dialect().equals(clientDialect)
                && signature.itemId() == null
                && !signature.text().startsWith(MARK_BASE64)) {
            return signature.text();
        }
        String parts = MARK
                + part(signature.dialect())
                + part(orEmpty(signature.model()))
                + part(orEmpty(signature.itemId()))
                + signature.text();
        return Base64.getEncoder().encodeToString(parts.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The signature that a text in a client's dialect stands for: the one in the envelope, or else one of that dialect whose model
     * nobody remembers.
     *
     * @param text not empty
     */
    public static Signature read(String text, String clientDialect) {
        Signature own = new Signature(text, clientDialect, null);
        if (!text.startsWith(MARK_BASE64)) {
            return own;
        }
        try {
            String parts = new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
            return open(parts.substring(MARK.length()));
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            return own; // looks like an envelope, and is none
        }
    }

    private static Signature open(String parts) {
        List<String> heads = new ArrayList<>(3);
        int at = 0;
        while (heads.size() < 3) {
            int colon = parts.indexOf(':', at);
            int end = colon + 1 + Integer.parseInt(parts.substring(at, colon));
            heads.add(parts.substring(colon + 1, end));
            at = end;
        }
        String model = heads.get(1);
        String itemId = heads.get(2);
        return new Signature(
                parts.substring(at), heads.get(0), model.isEmpty() ? null : model, itemId.isEmpty() ? null : itemId);
    }

    private static String part(String text) {
        return text.length() + ":" + text;
    }

    private static String orEmpty(@org.jspecify.annotations.Nullable String text) {
        return text == null ? "" : text;
    }
}
