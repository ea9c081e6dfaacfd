package dev.serai.dialect;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** The wire formats that this Serai speaks, by id. Immutable. */
public final class Dialects {
    private final Map<String, Dialect> byId = new LinkedHashMap<>();

    public Dialects(Collection<? extends Dialect> dialects) {
        for (Dialect dialect : dialects) {
            if (byId.putIfAbsent(dialect.id(), dialect) != null) {
                throw new IllegalArgumentException("two dialects are called " + dialect.id());
            }
        }
    }

    /**
     * Finds a dialect.
     *
     * @throws IllegalArgumentException if no dialect has this id
     */
    public Dialect get(String id) {
        Dialect dialect = byId.get(id);
        if (dialect == null) {
            throw new IllegalArgumentException("no dialect is called " + id + "; there are " + byId.keySet());
        }
        return dialect;
    }

    public Collection<String> ids() {
        return byId.keySet();
    }
}
