package dev.serai.catalog;

import dev.serai.json.JsonEdit;
import java.math.BigDecimal;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A {@link Condition} in the form in which requests are held against it. Immutable. */
final class Requirement {
    private static final String NULL = "null";

    private final ParameterName parameter;
    private final Predicate<byte @Nullable []> test;

    private Requirement(ParameterName parameter, Predicate<byte @Nullable []> test) {
        this.parameter = parameter;
        this.test = test;
    }

    static Requirement of(Condition condition) {
        return new Requirement(new ParameterName(condition.parameter()), test(condition));
    }

    boolean isMetBy(JsonEdit body) {
        return test.test(parameter.valueIn(body));
    }

    private static Predicate<byte @Nullable []> test(Condition condition) {
        if (condition instanceof Condition.Present wanted) {
            return value -> speaks(value) == wanted.present();
        }
        if (condition instanceof Condition.Above above) {
            return value -> value != null && isAbove(JsonScalar.number(value), above.limit());
        }
        if (condition instanceof Condition.Is is) {
            Set<Object> values = scalars(is.values());
            boolean orNull = is.values().contains(NULL);
            return value -> value != null && (speaks(value) ? isOneOf(values, value) : orNull);
        }
        Set<Object> values = scalars(((Condition.IsNot) condition).values());
        return value -> value != null && speaks(value) && !isOneOf(values, value);
    }

    private static boolean speaks(byte @Nullable [] value) {
        return value != null && value[0] != 'n';
    }

    private static boolean isAbove(@Nullable BigDecimal number, BigDecimal limit) {
        return number != null && number.compareTo(limit) > 0;
    }

    private static boolean isOneOf(Set<Object> values, byte[] json) {
        Object value = JsonScalar.of(json);
        return value != null && values.contains(value);
    }

    private static Set<Object> scalars(Set<String> values) {
        return values.stream().map(JsonScalar::of).filter(Objects::nonNull).collect(Collectors.toUnmodifiableSet());
    }
}
