package dev.serai.dialect.gemini;

import dev.serai.conversation.Content;
import dev.serai.conversation.Extra;
import dev.serai.conversation.Tool;
import dev.serai.dialect.Dropped;
import dev.serai.dialect.Feature;
import java.util.ArrayList;
import java.util.List;

/** Collects what could not be said. Not thread-safe. */
final class Drops {
    private final List<Dropped> dropped = new ArrayList<>();

    void add(Feature feature, String reason) {
        dropped.add(Dropped.of(feature, reason));
    }

    /** Names the feature if the client asked for it. */
    void addIf(boolean asked, Feature feature, String reason) {
        if (asked) {
            add(feature, reason);
        }
    }

    void add(Extra extra) {
        dropped.add(Dropped.of(extra));
    }

    void add(Content.Opaque content) {
        dropped.add(Dropped.of(content));
    }

    void add(Tool.BuiltIn tool) {
        dropped.add(Dropped.of(tool));
    }

    void add(String name, String reason) {
        dropped.add(new Dropped(name, reason));
    }

    List<Dropped> list() {
        return dropped;
    }
}
