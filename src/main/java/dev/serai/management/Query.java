package dev.serai.management;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The parameters of a URL. Camel shows them among the headers; here they are apart, so that none passes for a header. */
final class Query {
    private Query() {}

    /** @throws ApiException if one is there twice, or cannot be decoded */
    static Map<String, String> parse(@Nullable String raw) {
        Map<String, String> parameters = new LinkedHashMap<>();
        if (raw == null || raw.isEmpty()) {
            return parameters;
        }
        for (String part : raw.split("&", -1)) {
            int equals = part.indexOf('=');
            String name = decoded(equals < 0 ? part : part.substring(0, equals));
            String value = equals < 0 ? "" : decoded(part.substring(equals + 1));
            if (parameters.put(name, value) != null) {
                throw ApiException.invalid(name + " is in the query twice");
            }
        }
        return parameters;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw ApiException.invalid("the query is not well encoded");
        }
    }

    /** @throws ApiException naming a parameter that the operation does not know */
    static void requireKnown(Map<String, String> parameters, Set<String> known) {
        for (String name : parameters.keySet()) {
            if (!known.contains(name)) {
                throw ApiException.invalid(name + " is no parameter here; there "
                        + (known.size() == 1 ? "is " : "are ")
                        + String.join(", ", known.stream().sorted().toList()));
            }
        }
    }
}
