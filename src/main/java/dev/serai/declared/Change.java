package dev.serai.declared;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.access.Secret;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something to do.
 *
 * @param label       by what people know the object
 * @param id          empty for a new one
 * @param etag        of the object as it was seen; empty for a new one
 * @param body        a new object, or a merge patch, in the form of the file; empty if nothing is said in it
 * @param value       a provider key's new value; null if it stays
 * @param differences what a person is told of it; values of keys are redacted
 */
public record Change(
        Action action,
        Section section,
        String label,
        String id,
        String etag,
        ObjectNode body,
        @Nullable Secret value,
        List<Difference> differences) {
    public Change {
        differences = List.copyOf(differences);
    }

    /** What is done. */
    public enum Action {
        CREATE('+'),
        UPDATE('~'),
        DELETE('-');

        private final char sign;

        Action(char sign) {
            this.sign = sign;
        }

        /** As a plan shows it. */
        public char sign() {
            return sign;
        }
    }

    @Override
    public String toString() {
        StringBuilder text =
                new StringBuilder().append(action.sign()).append(' ').append(section.noun());
        if (!label.isEmpty()) {
            text.append(' ').append(label);
        }
        differences.forEach(difference -> text.append("\n    ").append(difference));
        return text.toString();
    }
}
