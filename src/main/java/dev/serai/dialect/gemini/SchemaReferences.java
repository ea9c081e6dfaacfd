package dev.serai.dialect.gemini;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the {@code $ref}s of a schema refer to within it, and whether they can be resolved at all. */
final class SchemaReferences {
    /** Many references to one large definition, resolved, would be many copies of it. */
    private static final int MAX_NODES = 20_000;

    /** References within references would be nested deeper than anybody reads. */
    private static final int MAX_HEIGHT = 600;

    private final ObjectNode root;
    private final boolean recursive;
    private final Map<String, Extent> extents = new HashMap<>();
    private final Deque<String> open = new ArrayDeque<>();
    private boolean circle;
    private int depth;

    /** How large a schema is with all its references resolved, as far as they can be. */
    private record Extent(int nodes, int height) {
        static final Extent NOTHING = new Extent(0, 0);

        Extent beside(Extent other) {
            return new Extent(
                    (int) Math.min((long) nodes + other.nodes, Integer.MAX_VALUE), Math.max(height, other.height));
        }

        Extent below() {
            return new Extent(Math.min(nodes, Integer.MAX_VALUE - 1) + 1, height + 1);
        }
    }

    private SchemaReferences(ObjectNode root) {
        this.root = root;
        Extent extent = extent(root);
        this.recursive = circle || extent.nodes > MAX_NODES || extent.height > MAX_HEIGHT;
    }

    static SchemaReferences of(ObjectNode root) {
        return new SchemaReferences(root);
    }

    /** Whether the references must stay: a schema contains itself, or would grow out of all proportion. */
    boolean isRecursive() {
        return recursive;
    }

    /** The schema that is referred to; null if it is not within this one. */
    @Nullable
    JsonNode find(String ref) {
        if (!ref.startsWith("#")) {
            return null;
        }
        try {
            String pointer = URLDecoder.decode(ref.substring(1).replace("+", "%2B"), StandardCharsets.UTF_8);
            JsonNode found = root.at(JsonPointer.compile(pointer));
            return found.isMissingNode() ? null : found;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** A reference that stays, by the one name for definitions that Google knows. */
    String renamed(String ref) {
        return ref.replaceFirst("^#/definitions/", "#/\\$defs/");
    }

    private Extent extent(JsonNode schema) {
        if (depth > MAX_HEIGHT) {
            circle = true;
            return Extent.NOTHING;
        }
        depth++;
        JsonNode ref = schema.get("$ref");
        Extent extent = ref != null && ref.isTextual() ? resolved(ref.textValue()) : Extent.NOTHING;
        for (JsonNode child : schema) {
            extent = extent.beside(extent(child));
        }
        depth--;
        return extent.below();
    }

    private Extent resolved(String ref) {
        if (open.contains(ref)) {
            circle = true;
            return Extent.NOTHING;
        }
        Extent known = extents.get(ref);
        JsonNode target = known == null ? find(ref) : null;
        if (target == null) {
            return known == null ? Extent.NOTHING : known;
        }
        open.push(ref);
        Extent extent = extent(target);
        open.pop();
        extents.put(ref, extent);
        return extent;
    }
}
