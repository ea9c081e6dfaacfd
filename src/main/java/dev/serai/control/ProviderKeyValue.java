package dev.serai.control;

/** What a provider key is: a value that Serai keeps, or the place where it lies. */
public sealed interface ProviderKeyValue {
    /**
     * A value that Serai keeps, encrypted.
     *
     * @param redacted what people may see of it
     */
    record Kept(SealedValue sealed, String redacted) implements ProviderKeyValue {
        public Kept {
            Checks.line("redacted", redacted, 64);
        }
    }

    /**
     * A value that lies elsewhere.
     *
     * @param expression such as <code>{{env:OPENAI_API_KEY}}</code>; itself no secret
     */
    record Reference(String expression) implements ProviderKeyValue {
        public Reference {
            if (!expression.startsWith("{{") || !expression.endsWith("}}") || expression.length() < 5) {
                throw new IllegalArgumentException("a reference has the form {{kind:name}}");
            }
            Checks.line("reference", expression, 500);
        }
    }
}
