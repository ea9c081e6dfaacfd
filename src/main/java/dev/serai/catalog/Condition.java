package dev.serai.catalog;

import java.math.BigDecimal;
import java.util.Set;

/**
 * What must be true of one parameter of a request for a {@link ParameterRule} to hold. Values are the JSON text of a string, a
 * number, a boolean or null; numbers are compared as numbers. The name may have dots, which lead into objects:
 * {@code thinking.type}.
 */
public sealed interface Condition {
    String parameter();

    /** It is there, or it is not. */
    record Present(String parameter, boolean present) implements Condition {}

    /** It is there and has one of these values. */
    record Is(String parameter, Set<String> values) implements Condition {
        public Is {
            values = Set.copyOf(values);
        }
    }

    /** It is there and has none of these values. */
    record IsNot(String parameter, Set<String> values) implements Condition {
        public IsNot {
            values = Set.copyOf(values);
        }
    }

    /** It is there, is a number, and is larger than this. */
    record Above(String parameter, BigDecimal limit) implements Condition {}
}
