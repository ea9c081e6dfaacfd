package dev.serai.management;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an OpenAPI document promises, held against what is sent and answered. */
final class ApiContract {
    private static final JsonSchemaFactory SCHEMAS = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);

    private final JsonNode document;

    ApiContract(JsonNode document) {
        this.document = document;
    }

    JsonNode document() {
        return document;
    }

    /** A call that succeeds must be as the document has it; every answer must. */
    void check(String method, String path, @Nullable String body, ApiServer.Answer answer) throws IOException {
        Optional<JsonNode> operation = operation(method, path.replaceFirst("\\?.*", ""));
        boolean succeeded = answer.status() < 300;
        if (operation.isEmpty()) {
            assertThat(answer.status())
                    .as("%s %s is not in the document", method, path)
                    .isIn(404, 405, 400, 415);
            return;
        }
        if (succeeded && body != null) {
            JsonNode schema = operation.get().at("/requestBody/content/application~1json/schema");
            assertThat(problems(schema, ApiServer.JSON.readTree(body)))
                    .as("%s", body)
                    .isEmpty();
        }
        JsonNode described = operation.get().path("responses").path(Integer.toString(answer.status()));
        if (succeeded || answer.status() == 304) {
            assertThat(described.isObject())
                    .as("%s of %s %s", answer, method, path)
                    .isTrue();
        }
        JsonNode response = resolved(
                described.isMissingNode() ? operation.get().path("responses").path("default") : described);
        JsonNode content = response.path("content");
        String type = answer.header("content-type");
        if (content.isEmpty()) {
            assertThat(answer.text()).isEmpty();
        } else {
            assertThat(content.has(type)).as("%s of %s %s", type, method, path).isTrue();
            if (type.equals("application/json")) {
                assertThat(problems(content.path(type).path("schema"), answer.json()))
                        .as("%s", answer)
                        .isEmpty();
            }
        }
    }

    private JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? document.at(node.path("$ref").asText().substring(1)) : node;
    }

    private Optional<JsonNode> operation(String method, String path) {
        // What stands in a path as it is comes before what an id could stand for.
        return document.path("paths").properties().stream()
                .sorted((a, b) ->
                        Boolean.compare(a.getKey().contains("{"), b.getKey().contains("{")))
                .filter(entry -> path.matches(entry.getKey().replace(".", "\\.").replaceAll("\\{[^}]+}", "[^/]+")))
                .map(entry -> entry.getValue().path(method.toLowerCase(Locale.ROOT)))
                .filter(JsonNode::isObject)
                .findFirst();
    }

    private Set<ValidationMessage> problems(JsonNode schema, JsonNode value) {
        // A schema of its own, with the document's parts beside it.
        ObjectNode whole = schema.deepCopy();
        whole.set("components", document.path("components"));
        return SCHEMAS.getSchema(whole).validate(value);
    }
}
