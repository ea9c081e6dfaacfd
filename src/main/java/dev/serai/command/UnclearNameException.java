package dev.serai.command;

/** A name that is nobody's, or several objects'. */
final class UnclearNameException extends Exception {
    private static final long serialVersionUID = 1L;

    UnclearNameException(String message) {
        super(message);
    }
}
