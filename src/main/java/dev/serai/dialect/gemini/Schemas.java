package dev.serai.dialect.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.conversation.RawJson;
import dev.serai.dialect.Feature;
import java.util.Map;
import java.util.Set;

/**
 * JSON Schema within what Google's models take in {@code parametersJsonSchema} and {@code responseJsonSchema}
 * (https://ai.google.dev/gemini-api/docs/structured-output). References are resolved, unless a schema contains itself. Keywords that
 * they do not know are removed and named; what only describes the schema and not its values is removed without a word. Not
 * thread-safe.
 */
final class Schemas {
    /** Keywords whose value is no schema and stays as it is. */
    private static final Set<String> PLAIN = Set.of(
            "type",
            "format",
            "title",
            "description",
            "enum",
            "minItems",
            "maxItems",
            "uniqueItems",
            "minimum",
            "maximum",
            "required",
            "propertyOrdering",
            "nullable",
            "default",
            "pattern",
            "minLength",
            "maxLength",
            "minProperties",
            "maxProperties");

    private static final Set<String> DESCRIPTIVE = Set.of(
            "$schema",
            "$id",
            "id",
            "$comment",
            "$anchor",
            "examples",
            "example",
            "deprecated",
            "readOnly",
            "writeOnly");

    private final SchemaReferences references;
    private final Drops drops;

    private Schemas(SchemaReferences references, Drops drops) {
        this.references = references;
        this.drops = drops;
    }

    /** A schema as a model takes it; what is no schema at all is written as it is, for the provider to judge. */
    static JsonNode encode(RawJson schema, Drops drops) {
        if (!(Json.parse(schema.text()) instanceof ObjectNode root)) {
            return Json.leaf(schema);
        }
        SchemaReferences references = SchemaReferences.of(root);
        ObjectNode clean = new Schemas(references, drops).clean(root);
        return references.isRecursive() ? clean : without(clean, "$defs");
    }

    private static ObjectNode without(ObjectNode schema, String name) {
        schema.remove(name);
        return schema;
    }

    private JsonNode any(JsonNode schema) {
        if (schema instanceof ObjectNode object) {
            return clean(object);
        }
        if (schema.isBoolean() && !schema.booleanValue()) {
            drop("false");
        }
        return Json.object(); // true: anything
    }

    private ObjectNode clean(ObjectNode schema) {
        JsonNode ref = schema.get("$ref");
        if (ref != null && ref.isTextual()) {
            return resolved(schema, ref.textValue());
        }
        ObjectNode out = Json.object();
        for (Map.Entry<String, JsonNode> member : schema.properties()) {
            put(member.getKey(), member.getValue(), schema, out);
        }
        return out;
    }

    /** A resolved reference keeps the words that stand beside it; one that is kept may have no others. */
    private ObjectNode resolved(ObjectNode schema, String ref) {
        if (references.isRecursive()) {
            ObjectNode out = Json.object().put("$ref", references.renamed(ref));
            if (schema.has("description")) {
                out.set("description", schema.get("description"));
            }
            if (schema.has("$defs") || schema.has("definitions")) {
                putDefinitions(schema, out);
            }
            return out;
        }
        JsonNode target = references.find(ref);
        if (target == null) {
            drop("$ref");
            return clean(without(schema.deepCopy(), "$ref"));
        }
        ObjectNode merged = target instanceof ObjectNode object ? object.deepCopy() : Json.object();
        schema.properties().forEach(member -> {
            if (!member.getKey().equals("$ref")) {
                merged.set(member.getKey(), member.getValue());
            }
        });
        return clean(merged);
    }

    private void putDefinitions(ObjectNode schema, ObjectNode out) {
        for (String name : new String[] {"$defs", "definitions"}) {
            if (schema.get(name) instanceof ObjectNode definitions) {
                ObjectNode into = out.withObjectProperty("$defs");
                definitions.properties().forEach(member -> into.set(member.getKey(), any(member.getValue())));
            }
        }
    }

    private void put(String name, JsonNode value, ObjectNode schema, ObjectNode out) {
        if (PLAIN.contains(name)) {
            out.set(name, value);
            return;
        }
        switch (name) {
            case "properties" -> out.set(name, each(value));
            case "items" -> putItems(value, out);
            case "prefixItems", "anyOf", "oneOf" -> out.set(name, all(value));
            case "additionalProperties" -> out.set(name, value.isBoolean() ? value : any(value));
            case "const" -> out.set("enum", Json.array().add(value));
            case "allOf" -> putAllOf(value, out);
            case "exclusiveMinimum" -> putBound("minimum", value, 1, schema, out);
            case "exclusiveMaximum" -> putBound("maximum", value, -1, schema, out);
            case "$defs", "definitions" -> {
                if (references.isRecursive()) {
                    putDefinitions(schema, out);
                }
            }
            default -> {
                if (!DESCRIPTIVE.contains(name)) {
                    drop(name);
                }
            }
        }
    }

    private JsonNode each(JsonNode properties) {
        ObjectNode out = Json.object();
        properties.properties().forEach(member -> out.set(member.getKey(), any(member.getValue())));
        return out;
    }

    private ArrayNode all(JsonNode schemas) {
        ArrayNode out = Json.array();
        schemas.forEach(schema -> out.add(any(schema)));
        return out;
    }

    /** A list of items is the older word for {@code prefixItems}. */
    private void putItems(JsonNode value, ObjectNode out) {
        if (value.isArray()) {
            out.set("prefixItems", all(value));
        } else {
            out.set("items", any(value));
        }
    }

    /** What all of them say, as far as they do not say different things of the same. */
    private void putAllOf(JsonNode schemas, ObjectNode out) {
        for (JsonNode schema : schemas) {
            for (Map.Entry<String, JsonNode> member : any(schema).properties()) {
                JsonNode said = out.get(member.getKey());
                if (said == null) {
                    out.set(member.getKey(), member.getValue());
                } else if (member.getKey().equals("properties") && said instanceof ObjectNode properties) {
                    member.getValue().properties().forEach(p -> properties.set(p.getKey(), p.getValue()));
                } else if (member.getKey().equals("required") && said instanceof ArrayNode required) {
                    member.getValue().forEach(required::add);
                } else if (!said.equals(member.getValue())) {
                    drop("allOf");
                }
            }
        }
    }

    /** Whole numbers have a next one, so the bound can be said. */
    private void putBound(String name, JsonNode value, int step, ObjectNode schema, ObjectNode out) {
        Long bound = Members.whole(value);
        boolean whole = "integer".equals(schema.path("type").textValue());
        if (bound != null && whole && !schema.has(name) && Math.abs(bound) < Long.MAX_VALUE) {
            out.set(name, Json.number(bound + step));
        } else {
            drop(name.equals("minimum") ? "exclusiveMinimum" : "exclusiveMaximum");
        }
    }

    private void drop(String keyword) {
        drops.add(Feature.SCHEMA_KEYWORD, "Gemini does not know " + keyword + " in a schema");
    }
}
