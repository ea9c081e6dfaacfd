package dev.serai.catalog;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.serai.json.JsonEdit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A {@link ParameterRule} with everything worked out that does not depend on the request. Immutable.
 *
 * @param when     all must be met
 * @param rename   old name to new name
 * @param set      name to JSON
 * @param defaults name to JSON
 */
record BoundRule(
        List<Requirement> when,
        Map<ParameterName, ParameterName> rename,
        List<ParameterName> drop,
        Map<ParameterName, byte[]> set,
        Map<ParameterName, byte[]> defaults) {

    /** @param maxOutputTokens of the model; null if unknown */
    static BoundRule of(ParameterRule rule, @Nullable Long maxOutputTokens) {
        Map<ParameterName, ParameterName> rename = new LinkedHashMap<>();
        rule.rename().forEach((from, to) -> rename.put(new ParameterName(from), new ParameterName(to)));
        Map<ParameterName, byte[]> set = new LinkedHashMap<>();
        rule.set().forEach((name, json) -> set.put(new ParameterName(name), json.getBytes(UTF_8)));
        Map<ParameterName, byte[]> defaults = new LinkedHashMap<>();
        rule.defaults().forEach((name, value) -> {
            if (value instanceof ParameterRule.Default.Value fixed) {
                defaults.put(new ParameterName(name), fixed.json().getBytes(UTF_8));
            } else if (maxOutputTokens != null) {
                defaults.put(
                        new ParameterName(name), Long.toString(maxOutputTokens).getBytes(US_ASCII));
            }
        });
        return new BoundRule(
                rule.when().stream().map(Requirement::of).toList(),
                rename,
                rule.drop().stream().map(ParameterName::new).toList(),
                set,
                defaults);
    }

    void applyTo(RuledRequest request) {
        if (isMetBy(request.body())) {
            rename.forEach(request::rename);
            drop.forEach(request::drop);
            set.forEach(request::set);
            defaults.forEach(request::setWhereSilent);
        }
    }

    private boolean isMetBy(JsonEdit body) {
        for (Requirement requirement : when) {
            if (!requirement.isMetBy(body)) {
                return false;
            }
        }
        return true;
    }
}
