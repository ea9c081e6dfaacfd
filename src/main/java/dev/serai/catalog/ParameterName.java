package dev.serai.catalog;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.serai.json.JsonDocument;
import dev.serai.json.JsonDocument.Kind;
import dev.serai.json.JsonEdit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The name of a parameter in a request. Dots lead into objects: {@code thinking.type}. Immutable. */
final class ParameterName {
    private static final byte[] EMPTY_OBJECT = "{}".getBytes(US_ASCII);

    private final String text;
    private final List<String> parents;
    private final String last;

    ParameterName(String text) {
        this.text = text;
        List<String> names = List.of(text.split("\\.", -1));
        parents = names.subList(0, names.size() - 1);
        last = names.get(names.size() - 1);
    }

    /** The JSON of its value as it is now; null if the parameter is not there. */
    byte @Nullable [] valueIn(JsonEdit body) {
        JsonEdit parent = parentIn(body);
        return parent == null ? null : parent.value(last);
    }

    /** Whether the parameter is there and is not null, which says no more than its absence. */
    boolean speaksIn(JsonEdit body) {
        JsonEdit parent = parentIn(body);
        return parent != null && speaks(parent.kind(last));
    }

    /** Like {@link #speaksIn(JsonEdit)}, of a document as it was read. */
    boolean speaksIn(JsonDocument body) {
        JsonDocument parent = body;
        for (String name : parents) {
            parent = parent.object(name);
            if (parent == null) {
                return false;
            }
        }
        return speaks(parent.kind(last));
    }

    void removeFrom(JsonEdit body) {
        JsonEdit parent = parentIn(body);
        if (parent != null) {
            parent.remove(last);
        }
    }

    /**
     * Sets the parameter; objects on the way to it that are not there are made.
     *
     * @return whether there is a way: something else than an object in it is left for the provider to judge
     */
    boolean setIn(JsonEdit body, byte[] json) {
        JsonEdit parent = body;
        for (String name : parents) {
            if (!speaks(parent.kind(name))) {
                parent.set(name, EMPTY_OBJECT);
            }
            JsonEdit inside = parent.object(name);
            if (inside == null) {
                return false;
            }
            parent = inside;
        }
        parent.set(last, json);
        return true;
    }

    private @Nullable JsonEdit parentIn(JsonEdit body) {
        JsonEdit parent = body;
        for (String name : parents) {
            parent = parent.object(name);
            if (parent == null) {
                return null;
            }
        }
        return parent;
    }

    private static boolean speaks(@Nullable Kind kind) {
        return kind != null && kind != Kind.NULL;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ParameterName name && name.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** As it is written in a provider file. */
    @Override
    public String toString() {
        return text;
    }
}
