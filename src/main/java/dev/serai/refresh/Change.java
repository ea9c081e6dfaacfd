package dev.serai.refresh;

/**
 * Something that a list would change in an overlay, or that it says otherwise than the provider file.
 *
 * @param model the model's id
 * @param what  the change, for a person
 */
public record Change(Kind kind, String model, String what) {
    /** The kinds of changes, with the sign that stands before each in a comparison. */
    public enum Kind {
        /** The catalog gets a model that no file had. */
        ADDED('+'),
        /** A model of the provider file, or of the overlay, is known better, or otherwise. */
        CHANGED('~'),
        /** The list has the model no more, or says nothing more of it. */
        REMOVED('-'),
        /** The list contradicts the provider file, which wins. */
        DIFFERS('!'),
        /** Something in the list was left out. */
        REMARK('?');

        private final char sign;

        Kind(char sign) {
            this.sign = sign;
        }

        public char sign() {
            return sign;
        }

        /** Whether the overlay becomes another one by it. */
        boolean isWritten() {
            return this == ADDED || this == CHANGED || this == REMOVED;
        }
    }

    /** A line of a comparison. */
    @Override
    public String toString() {
        return kind.sign() + " " + model + (what.isEmpty() ? "" : "  " + what);
    }
}
