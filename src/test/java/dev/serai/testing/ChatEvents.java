package dev.serai.testing;

/** The events of a chat completion stream, as short as they can be. */
public final class ChatEvents {
    /** What many providers open with; no content yet. */
    public static final String ROLE =
            "data: {\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}]}\n\n";

    public static final String FINISH =
            "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n";
    public static final String DONE = "data: [DONE]\n\n";

    /** A comment, as providers send it to keep a connection alive. */
    public static final String PING = ": ping\n\n";

    private ChatEvents() {}

    /** A delta with content, which must need no escapes. */
    public static String says(String text) {
        return "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + text + "\"}}]}\n\n";
    }

    /** A whole answer with one delta. */
    public static String answer(String text) {
        return ROLE + says(text) + FINISH + DONE;
    }
}
