package dev.serai.management;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.config.ConfigFile;
import dev.serai.config.ConfigurationException;
import dev.serai.config.YamlDocument;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * The description of the API in the form of OpenAPI 3.1 (https://spec.openapis.org/oas/v3.1.1.html). Paths, methods, permissions and
 * the names of schemas are those of the route files; what objects look like is in {@code serai/openapi.yaml}.
 */
final class OpenApiDocument {
    static final String OPERATION = "describe-api";

    private static final String RESOURCE = "serai/openapi.yaml";
    private static final String SCHEMAS = "#/components/schemas/";

    private OpenApiDocument() {}

    static ObjectNode of(List<Operation> operations) {
        ObjectNode document = (ObjectNode) parts().deepCopy();
        FlatSchemas.flatten((ObjectNode) document.at("/components/schemas"));
        ObjectNode paths = document.putObject("paths");
        operations.stream()
                .sorted(Comparator.comparing(Operation::path).thenComparing(Operation::method))
                .forEach(operation -> describe(
                        operation,
                        paths.withObject("/"
                                        + operation.path().replace("~", "~0").replace("/", "~1"))
                                .putObject(operation.method().toLowerCase(Locale.ROOT))));
        return document;
    }

    private static JsonNode parts() {
        try (InputStream in = OpenApiDocument.class.getClassLoader().getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is missing from the class path");
            }
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return YamlDocument.parse(new ConfigFile(RESOURCE, RESOURCE, text)).root();
        } catch (ConfigurationException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void describe(Operation operation, ObjectNode json) {
        json.put("operationId", operation.id()).put("summary", operation.description());
        json.putArray("tags").add(operation.resource());
        if (operation.role() != null) {
            json.put("x-serai-role", operation.role().label());
        }
        parameters(operation, json.putArray("parameters"));
        if (operation.bodySchema() != null) {
            refer(json.putObject("requestBody").put("required", true), operation.bodySchema());
        }
        ObjectNode responses = json.putObject("responses");
        ObjectNode done =
                responses.putObject(Integer.toString(status(operation))).put("description", "Done");
        if (operation.replySchema() != null && operation.replySchema().contains("/")) {
            text(done, operation.replySchema());
        } else if (operation.replySchema() != null) {
            refer(done, operation.replySchema());
        }
        if (Admission.OF_ONE.getOrDefault(operation.id(), List.of()).contains("format")) {
            text(done, Reply.CSV);
        }
        if (operation.isConditional()) {
            done.putObject("headers").putObject("ETag").put("$ref", "#/components/headers/ETag");
        }
        if (operation.isConditional() && operation.method().equals("GET")) {
            responses.putObject("304").put("description", "It is as If-None-Match says");
        }
        responses.putObject("default").put("$ref", "#/components/responses/Refusal");
    }

    private static int status(Operation operation) {
        if (operation.method().equals("DELETE")) {
            return 204;
        }
        return operation.id().startsWith("create-") ? 201 : 200;
    }

    private static void parameters(Operation operation, ArrayNode parameters) {
        if (operation.hasId()) {
            parameter(parameters, "id");
        }
        parameter(parameters, Call.ACCOUNT);
        if (operation.isList()) {
            parameter(parameters, "limit");
            parameter(parameters, "cursor");
        }
        Admission.OF_ONE.getOrDefault(operation.id(), List.of()).forEach(own -> parameter(parameters, own));
        if (operation.method().equals("POST")) {
            parameter(parameters, "Idempotency-Key");
        }
        if (operation.isConditional()) {
            parameter(parameters, operation.method().equals("GET") ? "If-None-Match" : "If-Match");
        }
    }

    private static void parameter(ArrayNode parameters, String name) {
        parameters.addObject().put("$ref", "#/components/parameters/" + name);
    }

    /** What is no JSON is text of some media type, which the route file has in the place of a schema. */
    private static void text(ObjectNode json, String mediaType) {
        json.withObject("/content").putObject(mediaType).putObject("schema").put("type", "string");
    }

    private static void refer(ObjectNode json, String schema) {
        json.withObject("/content").putObject(Reply.JSON).putObject("schema").put("$ref", SCHEMAS + schema);
    }
}
