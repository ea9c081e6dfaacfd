package dev.serai.gateway;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How a stream is written that a client awaits. */
public enum StreamForm {
    /** Server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html). */
    EVENTS("text/event-stream"),
    /** The elements of one JSON array; blanks may stand between them (RFC 8259, 2). */
    ARRAY("application/json; charset=UTF-8");

    private final String contentType;

    StreamForm(String contentType) {
        this.contentType = contentType;
    }

    /** The content type to announce before anybody has answered. */
    String contentType() {
        return contentType;
    }

    /** Whether an answer of this type may follow what was announced. */
    boolean takes(@Nullable String answer) {
        String mediaType = contentType.split(";", 2)[0];
        return answer != null && answer.strip().toLowerCase(Locale.ROOT).startsWith(mediaType);
    }
}
