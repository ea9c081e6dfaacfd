package dev.serai.sandbox;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The models that the sandbox pretends to have. Their ids are compared without regard to case. */
enum PretendModel {
    ECHO("repeats what you say"),
    SLOW("sends one word each quarter of a second"),
    TOOL("calls the first tool it is given"),
    FAIL("fails, with the status you ask for"),
    STALL("begins and then falls silent"),
    EMBED("turns texts into vectors that mean nothing");

    private final String description;

    PretendModel(String description) {
        this.description = description;
    }

    String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What it does, to follow "This is Serai's sandbox, a pretend provider: it". */
    String description() {
        return description;
    }

    /** The model of this id; null if there is none. */
    static @Nullable PretendModel find(String id) {
        return Arrays.stream(values())
                .filter(model -> model.id().equalsIgnoreCase(id))
                .findFirst()
                .orElse(null);
    }

    static List<String> ids() {
        return Arrays.stream(values()).map(PretendModel::id).toList();
    }
}
