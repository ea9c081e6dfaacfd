package dev.serai.dialect.gemini;

import dev.serai.conversation.Signature;
import dev.serai.dialect.ForeignSignature;
import org.jspecify.annotations.Nullable;

/** Signatures as they stand in a part: {@code thoughtSignature}. */
interface Signing {
    /**
     * The word by which Google's models skip the check of a signature, for calls that no model of theirs made
     * (https://ai.google.dev/gemini-api/docs/thought-signatures).
     */
    String UNSIGNED = "skip_thought_signature_validator";

    /** Whose signature a text is; null if it stands for none. */
    @Nullable
    Signature read(String text);

    /** What a client sends: of a model that nobody remembers, or what was given to the client in the form of its dialect. */
    static Signing ofClient() {
        return text -> text.isEmpty() || text.equals(UNSIGNED) ? null : ForeignSignature.read(text, Gemini.ID);
    }

    /** What a model sends. */
    static Signing ofModel(String model) {
        return text -> text.isEmpty() ? null : new Signature(text, Gemini.ID, model);
    }
}
