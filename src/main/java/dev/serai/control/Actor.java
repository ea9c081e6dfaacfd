package dev.serai.control;

/**
 * Who did something.
 *
 * @param id of the API key; the name of the command or of the part of Serai otherwise
 */
public record Actor(Kind kind, String id) {
    /** What kind of thing acts. */
    public enum Kind {
        /** Somebody with an API key. */
        API_KEY,
        /** Somebody at the command line of the machine. */
        COMMAND,
        /** Serai itself. */
        SYSTEM
    }

    public Actor {
        Checks.line("id", id, 100);
    }
}
