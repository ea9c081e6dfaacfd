package dev.serai.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.client.ApiClient;
import dev.serai.client.CallException;
import java.util.List;
import java.util.stream.Collectors;

/** Finds the object that a person names. */
final class Named {
    private static final int ABSENT = 404;

    private Named() {}

    /**
     * The path of an object.
     *
     * @param name its id, or else what people call it
     * @throws CallException if there is none, or several are called so
     */
    static String path(ApiClient api, Kind kind, String name) throws CallException, UnclearNameException {
        String path = ApiClient.path(kind.path(), name);
        if (name.matches("[A-Za-z0-9_-]+") && isThere(api, path)) {
            return path;
        }
        List<JsonNode> named = api.list(kind.path()).stream()
                .filter(object -> object.path(kind.subject()).asText().equals(name))
                .toList();
        if (named.size() == 1) {
            return ApiClient.path(kind.path(), id(named.get(0)));
        }
        throw new UnclearNameException(
                named.isEmpty()
                        ? "There is no " + kind.noun() + " '" + name + "'."
                        : "Several have the name '" + name + "'. Say which by its id: "
                                + named.stream().map(Named::id).collect(Collectors.joining(", ")));
    }

    static String id(JsonNode object) {
        return object.path("id").asText();
    }

    private static boolean isThere(ApiClient api, String path) throws CallException {
        try {
            api.get(path);
            return true;
        } catch (CallException e) {
            if (e.status() != ABSENT) {
                throw e;
            }
            return false;
        }
    }
}
