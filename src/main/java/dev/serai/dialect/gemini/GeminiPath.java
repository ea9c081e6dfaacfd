package dev.serai.dialect.gemini;

import dev.serai.dialect.RequestReading;
import dev.serai.error.ErrorCode;
import dev.serai.error.GatewayException;
import dev.serai.json.JsonDocument;
import dev.serai.json.JsonEdit;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the paths of Google's interface say, {@code /v1beta/models/{model}:{method}}: the model may hold colons and slashes, encoded or
 * not; the method stands behind the last colon.
 */
record GeminiPath(String model, String method) {
    private static final String MODELS = "/models/";
    private static final String PREFIX = "models/";
    private static final String MODEL = "model";

    /** Null if the path is no such path. */
    static @Nullable GeminiPath parse(String path) {
        int models = path.indexOf(MODELS);
        int colon = path.lastIndexOf(':');
        if (models < 0 || colon <= models + MODELS.length()) {
            return null;
        }
        return new GeminiPath(decode(path.substring(models + MODELS.length(), colon)), path.substring(colon + 1));
    }

    /** The models to try: the path's, or without a path the body's; then its fallbacks, a field of Serai's own. */
    static List<String> models(@Nullable GeminiPath path, JsonDocument body) {
        if (path != null) {
            return RequestReading.models(path.model, body);
        }
        String model = body.string(MODEL);
        return RequestReading.models(model == null ? null : bare(model), body);
    }

    /** A model's id without the folder that Google's interface writes before it. */
    static String bare(String model) {
        return model.startsWith(PREFIX) ? model.substring(PREFIX.length()) : model;
    }

    /** Begins the body for a provider: a model that the body names too is called as the path calls it; no fallbacks. */
    static JsonEdit forward(JsonDocument body, String model) {
        JsonEdit edit = body.edit().remove("models");
        return body.kind(MODEL) == null ? edit : edit.set(MODEL, PREFIX + model);
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new GatewayException(
                    ErrorCode.INVALID_REQUEST_BODY, "The model in the path is not well URL-encoded.", MODEL);
        }
    }
}
