package dev.serai.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** How one dialect writes what a script says. Stateless. */
interface Format {
    /**
     * Reads a request.
     *
     * @throws dev.serai.error.GatewayException {@code invalid_request_body} if what the dialect demands is not there
     */
    Ask read(ObjectNode request);

    /** The whole answer as one JSON object. */
    ObjectNode whole(Take take);

    /** Opens one event stream. */
    EventWriter events(Take take);

    /** @throws IllegalArgumentException if the sandbox has no scripts in this dialect */
    static Format of(String dialect) {
        return switch (dialect) {
            case ChatFormat.DIALECT -> new ChatFormat();
            case ResponsesFormat.DIALECT -> new ResponsesFormat();
            case MessagesFormat.DIALECT -> new MessagesFormat();
            default -> throw new IllegalArgumentException("the sandbox plays nothing in " + dialect);
        };
    }
}
