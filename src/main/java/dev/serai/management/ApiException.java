package dev.serai.management;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;

/** A call that is refused. */
final class ApiException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient ApiError error;
    private final transient JsonNode details;

    /** @param message what is wrong and what to do, without secrets */
    ApiException(ApiError error, String message) {
        this(error, message, JsonNodeFactory.instance.arrayNode());
    }

    /** @param details for programs, such as who needs the object */
    ApiException(ApiError error, String message, JsonNode details) {
        super(message, null, false, false);
        this.error = error;
        this.details = details;
    }

    static ApiException invalid(String problem) {
        return invalid(List.of(problem));
    }

    /** @param problems each a sentence that begins with the name of the field */
    static ApiException invalid(List<String> problems) {
        ArrayNode details = JsonNodeFactory.instance.arrayNode();
        problems.forEach(details::add);
        return new ApiException(ApiError.INVALID_REQUEST, String.join("; ", problems) + ".", details);
    }

    /** The same words for what never was and for what belongs to somebody else. */
    static ApiException absent() {
        return new ApiException(ApiError.NOT_FOUND, "There is no such object in this account.");
    }

    ApiError error() {
        return error;
    }

    JsonNode details() {
        return details;
    }
}
