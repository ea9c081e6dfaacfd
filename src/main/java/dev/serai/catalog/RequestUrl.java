package dev.serai.catalog;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.StringJoiner;

/**
 * A URL from its parts: a base that may have a query, a path that may have one too, and query parameters. All queries are kept, in
 * this order.
 */
final class RequestUrl {
    private static final String MODEL = "{model}";

    private RequestUrl() {}

    static String join(URI base, String path, Map<String, String> query) {
        String root = base.toString();
        if (query.isEmpty() && base.getRawQuery() == null) {
            return root + path;
        }
        int mark = root.indexOf('?');
        int pathMark = path.indexOf('?');
        StringJoiner parameters = new StringJoiner("&", "?", "").setEmptyValue("");
        addIfPresent(parameters, mark < 0 ? "" : root.substring(mark + 1));
        addIfPresent(parameters, pathMark < 0 ? "" : path.substring(pathMark + 1));
        query.forEach((name, value) -> parameters.add(encode(name) + "=" + encode(value)));
        return (mark < 0 ? root : root.substring(0, mark))
                + (pathMark < 0 ? path : path.substring(0, pathMark))
                + parameters;
    }

    private static void addIfPresent(StringJoiner parameters, String part) {
        if (!part.isEmpty()) {
            parameters.add(part);
        }
    }

    /**
     * The path with the model in it. Slashes are encoded: the model stays one segment, whatever a client calls it. The at sign is
     * not, because Vertex writes versions behind it.
     *
     * @throws IllegalArgumentException if the path has a place for the model and the model is a dot segment, which servers
     *     resolve even when it is encoded
     */
    static String withModel(String path, String model) {
        if (!path.contains(MODEL)) {
            return path;
        }
        if (model.equals(".") || model.equals("..")) {
            throw new IllegalArgumentException("no model is called '" + model + "'");
        }
        return path.replace(MODEL, encode(model).replace("%40", "@"));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A");
    }
}
