package dev.serai.store;

import java.util.List;

/** A JSON document that is refused, with everything that is wrong in it. */
public final class DocumentException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    public DocumentException(List<String> problems) {
        super(String.join("; ", problems));
        this.problems = List.copyOf(problems);
    }

    /** Each a sentence that begins with the name of the field. */
    public List<String> problems() {
        return problems;
    }
}
