package dev.serai.secrets;

import dev.serai.access.Secret;

/** Where secrets lie that Serai does not keep. Thread-safe. */
public interface References {
    /**
     * Looks whether the expression is one that can be asked here, and asks nobody.
     *
     * @param expression such as <code>{{env:OPENAI_API_KEY}}</code>
     * @throws ReferenceException if it never has a value here
     */
    void check(String expression);

    /**
     * The value of this moment. Blocks, perhaps for as long as a server takes.
     *
     * @throws ReferenceException if there is none
     */
    Secret value(String expression);

    /** Whether it lies on this machine, so that asking often costs nothing. */
    boolean isNear(String expression);
}
