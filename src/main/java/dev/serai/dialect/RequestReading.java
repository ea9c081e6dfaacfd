package dev.serai.dialect;

import dev.serai.error.ErrorCode;
import dev.serai.error.GatewayException;
import dev.serai.json.JsonDocument;
import dev.serai.json.JsonDocument.Kind;
import dev.serai.json.JsonEdit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a request that every dialect has in common: {@code model}, Serai's own {@code models}, {@code stream}.
 */
public final class RequestReading {
    private static final String MODEL = "model";
    private static final String MODELS = "models";
    private static final String STREAM = "stream";

    private RequestReading() {}

    /**
     * The models in the order to try, duplicates removed without regard to case.
     *
     * @throws GatewayException {@code invalid_request_body} if there are none or a field has the wrong type
     */
    public static List<String> models(JsonDocument body) {
        return models(model(body), body);
    }

    /** As {@link #models(JsonDocument)}, for dialects whose body does not name the model. */
    public static List<String> models(@Nullable String model, JsonDocument body) {
        List<String> fallbacks = fallbacks(body);
        if (fallbacks.isEmpty()) {
            if (model == null) {
                throw refusal(
                        "no model is named; send \"model\" with a model id, or \"models\" with a list of them", MODEL);
            }
            return List.of(model);
        }
        Set<String> seen = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        List<String> models = new ArrayList<>();
        if (model != null && seen.add(model)) {
            models.add(model);
        }
        for (String fallback : fallbacks) {
            if (seen.add(fallback)) {
                models.add(fallback);
            }
        }
        return models;
    }

    /**
     * Whether the client wants a stream.
     *
     * @throws GatewayException {@code invalid_request_body} if {@code stream} is neither a boolean nor null
     */
    public static boolean stream(JsonDocument body) {
        Kind kind = body.kind(STREAM);
        if (kind != null && kind != Kind.BOOLEAN && kind != Kind.NULL) {
            throw refusal("\"stream\" must be true or false", STREAM);
        }
        return body.isTrue(STREAM);
    }

    /** Begins the body for a provider: the model as the provider calls it, and no fallbacks. */
    public static JsonEdit forward(JsonDocument body, String model) {
        JsonEdit edit = body.edit().remove(MODELS);
        return model.equals(body.string(MODEL)) ? edit : edit.set(MODEL, model);
    }

    private static @Nullable String model(JsonDocument body) {
        if (body.kind(MODEL) == null) {
            return null;
        }
        String model = body.string(MODEL);
        if (model == null || model.isBlank()) {
            throw refusal("\"model\" must be a string that names a model", MODEL);
        }
        return model;
    }

    private static List<String> fallbacks(JsonDocument body) {
        if (body.kind(MODELS) == null) {
            return List.of();
        }
        List<String> models = body.strings(MODELS);
        if (models == null || models.stream().anyMatch(String::isBlank)) {
            throw refusal("\"models\" must be a list of strings, each of which names a model", MODELS);
        }
        return models;
    }

    private static GatewayException refusal(String message, String param) {
        return new GatewayException(ErrorCode.INVALID_REQUEST_BODY, message, param);
    }
}
