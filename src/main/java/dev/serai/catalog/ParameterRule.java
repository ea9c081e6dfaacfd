package dev.serai.catalog;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What must be changed in a request before some models take it. Pure data; the rules of a provider are applied in the order of
 * its file, each to what the one before left. Within a rule: {@link #when} is looked at, then {@link #rename}, {@link #drop},
 * {@link #set}, {@link #defaults}. Names may have dots, which lead into objects: {@code thinking.type}.
 *
 * @param models   the models it holds for, by the id that is sent; empty: all
 * @param except   models it does not hold for, although {@code models} names them
 * @param dialects ids of the dialects it holds for, as spoken to the provider; empty: all
 * @param when     all must be true; empty: always
 * @param rename   old name to new name; where the new one is there already, the old one is dropped
 * @param drop     names to remove
 * @param set      name to JSON text, always
 * @param defaults name to value, where the request does not say
 * @param source   where this is known from
 */
public record ParameterRule(
        List<Glob> models,
        List<Glob> except,
        Set<String> dialects,
        List<Condition> when,
        Map<String, String> rename,
        List<String> drop,
        Map<String, String> set,
        Map<String, Default> defaults,
        List<String> source) {
    /** What stands in for a parameter that the request does not have. */
    public sealed interface Default {
        /** This JSON text. */
        record Value(String json) implements Default {}

        /** The model's largest output; where that is unknown, the rule says nothing about the parameter. */
        record MaxOutputTokens() implements Default {}
    }

    public ParameterRule {
        models = List.copyOf(models);
        except = List.copyOf(except);
        dialects = Set.copyOf(dialects);
        when = List.copyOf(when);
        rename = ordered(rename);
        drop = List.copyOf(drop);
        set = ordered(set);
        defaults = ordered(defaults);
        source = List.copyOf(source);
    }

    /** Whether it concerns this model, by the id that is sent, in this dialect, as spoken to the provider. */
    public boolean concerns(String model, String dialect) {
        return (dialects.isEmpty() || dialects.contains(dialect)) && Glob.choose(models, except, model);
    }

    private static <V> Map<String, V> ordered(Map<String, V> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }
}
