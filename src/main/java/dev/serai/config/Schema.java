package dev.serai.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * A JSON schema from the class path, of the version that its {@code $schema} names: Camel's is draft 04, ours are 2020-12.
 * Immutable and thread-safe.
 */
public final class Schema {
    private static final SchemaValidatorsConfig CONFIG = SchemaValidatorsConfig.builder()
            .pathType(PathType.JSON_POINTER)
            .locale(Locale.ROOT)
            .build();

    private final JsonSchema schema;

    private Schema(JsonSchema schema) {
        this.schema = schema;
    }

    /**
     * Reads a schema.
     *
     * @throws IllegalStateException if there is no such resource, which is a fault of the build
     */
    public static Schema onClassPath(String resource) {
        if (Schema.class.getClassLoader().getResource(resource) == null) {
            throw new IllegalStateException(resource + " is missing from the class path");
        }
        // By its place, so that it can refer to one beside it.
        return new Schema(JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(SchemaLocation.of("classpath:" + resource), CONFIG));
    }

    /** Everything in the document that does not fit the schema, by line; empty if it fits. */
    public List<Problem> check(YamlDocument document) {
        return check(document, value -> false);
    }

    /**
     * The same, where some values may be of any type.
     *
     * @param isAnyType says which
     */
    public List<Problem> check(YamlDocument document, Predicate<JsonNode> isAnyType) {
        return schema.validate(document.root()).stream()
                .filter(message -> !message.getType().equals("type") || !isAnyType.test(message.getInstanceNode()))
                .map(message -> problem(document, message))
                .distinct()
                .sorted(Comparator.comparingInt(Problem::line))
                .toList();
    }

    private static Problem problem(YamlDocument document, ValidationMessage message) {
        String object = message.getInstanceLocation().toString();
        String member = message.getProperty() == null ? object : object + "/" + message.getProperty();
        String place = object.isEmpty() ? "" : object.substring(1).replace('/', '.') + ": ";
        return document.problem(member, place + reason(message));
    }

    private static String reason(ValidationMessage message) {
        String text = message.getMessage();
        String location = message.getInstanceLocation() + ": ";
        return text.startsWith(location) ? text.substring(location.length()) : text;
    }
}
