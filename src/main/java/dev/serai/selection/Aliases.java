package dev.serai.selection;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The aliases, by name; names are compared without regard to case. Immutable. */
public final class Aliases {
    /** There are none. */
    public static final Aliases NONE = new Aliases(List.of());

    private final Map<String, Alias> byName;
    private final List<String> names;

    /** @throws IllegalArgumentException if two have the same name */
    public Aliases(Collection<Alias> aliases) {
        Map<String, Alias> index = new LinkedHashMap<>();
        for (Alias alias : aliases) {
            if (index.putIfAbsent(key(alias.name()), alias) != null) {
                throw new IllegalArgumentException("two aliases are called " + alias.name());
            }
        }
        byName = Collections.unmodifiableMap(index);
        names = byName.values().stream().map(Alias::name).toList();
    }

    /** The alias of this name; null if there is none. */
    public @Nullable Alias find(String name) {
        return byName.isEmpty() ? null : byName.get(key(name));
    }

    /** In the file's order. */
    public Collection<Alias> all() {
        return byName.values();
    }

    /** Their names, as the file spells them. */
    public List<String> names() {
        return names;
    }

    static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
