package dev.serai.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.config.Problem;
import dev.serai.config.YamlDocument;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A provider file that fits its schema, read into a {@link Provider}. Checks what a schema cannot say. One use, one
 * thread.
 */
final class ProviderFile {
    private static final int ORDER_WHEN_ABSENT = 100;
    private static final String SUFFIX = ".yaml";
    private static final URI NO_URL = URI.create("");

    private final YamlDocument document;
    private final JsonNode root;
    private final List<Problem> problems = new ArrayList<>();

    ProviderFile(YamlDocument document) {
        this.document = document;
        this.root = document.root();
    }

    /** The provider, to be used only if there are no {@link #problems}. */
    Provider read(Collection<String> dialects, Variables variables) {
        checkName();
        checkDialects(dialects);
        return new Provider(
                id(),
                root.path("name").asText(),
                baseUrl(variables),
                texts("dialects"),
                auth(),
                headers(),
                models(),
                root.path("discoverModels").asBoolean());
    }

    /** What {@link #read} found wrong. */
    List<Problem> problems() {
        return List.copyOf(problems);
    }

    String id() {
        return root.path("id").asText();
    }

    int order() {
        return root.path("order").asInt(ORDER_WHEN_ABSENT);
    }

    private void checkName() {
        if (!document.file().name().equals(id() + SUFFIX)) {
            problem("/id", "the provider '" + id() + "' belongs into a file named " + id() + SUFFIX);
        }
    }

    private void checkDialects(Collection<String> known) {
        root.path("dialects").fieldNames().forEachRemaining(dialect -> {
            if (!known.contains(dialect)) {
                problem(
                        "/dialects/" + dialect,
                        "unknown dialect '" + dialect + "'; there are " + String.join(", ", known));
            }
        });
    }

    private URI baseUrl(Variables variables) {
        try {
            return BaseUrl.parse(
                    variables.replace(root.path("baseUrl").asText()),
                    root.path("insecure").asBoolean());
        } catch (IllegalArgumentException e) {
            problem("/baseUrl", "baseUrl: " + e.getMessage());
            return NO_URL;
        }
    }

    private Auth auth() {
        JsonNode auth = root.path("auth");
        if (!auth.isObject()) {
            return new Auth.None();
        }
        return new Auth.Header(
                auth.path("header").asText(),
                auth.path("prefix").asText(),
                auth.path("env").asText());
    }

    private Map<String, String> headers() {
        String credential = root.path("auth").path("header").asText();
        Map<String, String> seen = new HashMap<>();
        Map<String, String> headers = texts("headers");
        for (String header : headers.keySet()) {
            String twin = seen.putIfAbsent(Catalog.key(header), header);
            if (twin != null) {
                problem("/headers/" + header, "the header '" + header + "' is given twice, also as '" + twin + "'");
            }
            if (header.equalsIgnoreCase(credential)) {
                problem("/headers/" + header, "the header '" + header + "' carries the key already, see auth");
            }
        }
        return headers;
    }

    private List<Model> models() {
        Map<String, Integer> lines = new HashMap<>();
        List<Model> models = new ArrayList<>();
        for (JsonNode model : root.path("models")) {
            String pointer = "/models/" + models.size() + "/id";
            String id = model.path("id").asText();
            Integer first = lines.putIfAbsent(Catalog.key(id), document.line(pointer));
            if (first != null) {
                problem(pointer, "the model '" + id + "' is listed already on line " + first);
            }
            models.add(new Model(id));
        }
        return models;
    }

    private Map<String, String> texts(String member) {
        Map<String, String> texts = new LinkedHashMap<>();
        root.path(member)
                .properties()
                .forEach(field -> texts.put(field.getKey(), field.getValue().asText()));
        return texts;
    }

    private void problem(String pointer, String reason) {
        problems.add(document.problem(pointer, reason));
    }
}
