package dev.serai.steps;

import dev.serai.error.ErrorCode;
import dev.serai.error.GatewayException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;

/** Inflates a request body that is small when it arrives and may be large when it is open: never beyond the body limit. */
final class Gzip {
    private Gzip() {}

    /** @throws GatewayException {@code body_too_large} or {@code invalid_request_body} */
    static byte[] inflate(byte[] compressed, int maxBytes) {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(compressed))) {
            byte[] body = in.readNBytes(maxBytes);
            if (in.read() >= 0) {
                throw new GatewayException(
                        ErrorCode.BODY_TOO_LARGE,
                        "The request body is, decompressed, larger than the limit of " + maxBytes + " bytes.");
            }
            return body;
        } catch (IOException e) {
            throw new GatewayException(ErrorCode.INVALID_REQUEST_BODY, "The request body is not the gzip it says.");
        }
    }
}
