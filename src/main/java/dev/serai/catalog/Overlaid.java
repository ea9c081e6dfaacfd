package dev.serai.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.config.Problem;
import dev.serai.config.YamlDocument;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A provider's description with what its overlay adds.
 *
 * @param base   where the provider file, and its preset, stand
 * @param places where a part was taken from, by its JSON pointer; what lies within one of these parts comes from there too,
 *               and everything else is where it is in the base
 */
record Overlaid(Origin base, YamlDocument overlay, JsonNode root, Map<String, Place> places) implements Origin {
    /** A part of the base, or of the overlay, by its JSON pointer there. */
    record Place(boolean inOverlay, String pointer) {}

    @Override
    public Problem problem(String pointer, String reason) {
        Place place = place(pointer);
        return place.inOverlay() ? overlay.problem(place.pointer(), reason) : base.problem(place.pointer(), reason);
    }

    @Override
    public @Nullable JsonNode statement(String pointer) {
        Place place = place(pointer);
        String[] parts = place.pointer().split("/", 6);
        return place.inOverlay() && parts.length > 4
                ? overlay.root().at("/models/" + parts[2] + "/said/" + parts[4])
                : null;
    }

    private Place place(String pointer) {
        for (String at = pointer; !at.isEmpty(); at = at.substring(0, at.lastIndexOf('/'))) {
            Place place = places.get(at);
            if (place != null) {
                return new Place(place.inOverlay(), place.pointer() + pointer.substring(at.length()));
            }
        }
        return new Place(false, pointer);
    }
}
