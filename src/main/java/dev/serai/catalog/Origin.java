package dev.serai.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.config.Problem;
import dev.serai.config.YamlDocument;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a provider's description was written: in one file, or in a file and the preset that it names, and perhaps in an overlay.
 * Gives the whole, and the place of each part.
 */
sealed interface Origin permits Origin.Single, Origin.Layered, Overlaid {
    /** The whole description. */
    JsonNode root();

    /** A problem at the line that this JSON pointer comes from. */
    Problem problem(String pointer, String reason);

    /** The statement of an overlay that this JSON pointer comes from; null if it does not come from an overlay. */
    default @Nullable JsonNode statement(String pointer) {
        return null;
    }

    /** One file says all. */
    record Single(YamlDocument document) implements Origin {
        @Override
        public JsonNode root() {
            return document.root();
        }

        @Override
        public Problem problem(String pointer, String reason) {
            return document.problem(pointer, reason);
        }
    }

    /**
     * A file over its preset: its top-level keys win as a whole, but {@code headers} and {@code query} entry by entry.
     */
    record Layered(YamlDocument own, YamlDocument preset, JsonNode root) implements Origin {
        private static final Set<String> MERGED = Set.of("headers", "query");

        static Layered of(YamlDocument own, YamlDocument preset) {
            ObjectNode root = preset.root().deepCopy();
            root.remove("needs");
            own.root().properties().forEach(field -> {
                if (MERGED.contains(field.getKey()) && root.path(field.getKey()) instanceof ObjectNode below) {
                    below.setAll((ObjectNode) field.getValue());
                } else {
                    root.set(field.getKey(), field.getValue());
                }
            });
            return new Layered(own, preset, root);
        }

        @Override
        public Problem problem(String pointer, String reason) {
            return isOwn(pointer) ? own.problem(pointer, reason) : preset.problem(pointer, reason);
        }

        private boolean isOwn(String pointer) {
            String[] parts = pointer.split("/", 4);
            String key = parts.length > 1 ? "/" + parts[1] : "";
            boolean entry = parts.length > 2 && MERGED.contains(parts[1]);
            return !own.root().at(entry ? key + "/" + parts[2] : key).isMissingNode();
        }
    }
}
