package dev.serai.catalog;

import java.util.List;

/**
 * A pattern for model ids: a star stands for any characters, or none; everything else for itself, without regard to case.
 * Immutable.
 */
public record Glob(String pattern) {
    public Glob {
        pattern = Catalog.key(pattern);
    }

    /** Whether a model is one of these, or these are none, and not one of the others. */
    static boolean choose(List<Glob> models, List<Glob> except, String modelId) {
        return (models.isEmpty() || matches(models, modelId)) && !matches(except, modelId);
    }

    private static boolean matches(List<Glob> globs, String modelId) {
        for (Glob glob : globs) {
            if (glob.matches(modelId)) {
                return true;
            }
        }
        return false;
    }

    public boolean matches(String modelId) {
        return matchesKey(Catalog.key(modelId));
    }

    /** Goes back to the last star only, so the work is bounded by the product of the lengths. */
    private boolean matchesKey(String name) {
        int at = 0;
        int here = 0;
        int star = -1;
        int resume = 0;
        while (here < name.length()) {
            if (at < pattern.length() && pattern.charAt(at) == '*') {
                star = at++;
                resume = here;
            } else if (at < pattern.length() && pattern.charAt(at) == name.charAt(here)) {
                at++;
                here++;
            } else if (star >= 0) {
                at = star + 1;
                here = ++resume;
            } else {
                return false;
            }
        }
        while (at < pattern.length() && pattern.charAt(at) == '*') {
            at++;
        }
        return at == pattern.length();
    }
}
