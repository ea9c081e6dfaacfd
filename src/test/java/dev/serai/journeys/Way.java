package dev.serai.journeys;

/** Whom a journey asks, and how. */
enum Way {
    SANDBOX_WHOLE,
    SANDBOX_STREAMED,
    RAW_WHOLE,
    RAW_STREAMED;

    private static final String NOTICE = "This is Serai's sandbox, a pretend provider: ";

    boolean isStreamed() {
        return this == SANDBOX_STREAMED || this == RAW_STREAMED;
    }

    private boolean isSandbox() {
        return this == SANDBOX_WHOLE || this == SANDBOX_STREAMED;
    }

    String provider() {
        return isSandbox() ? "sandbox" : "raw";
    }

    /** The model that answers with a text. */
    String talker() {
        return isSandbox() ? "sandbox:echo" : "raw:caravan";
    }

    /** The model that calls a tool. */
    String toolCaller() {
        return isSandbox() ? "sandbox:tool" : "raw:caravan";
    }

    /** What the talker answers to this. */
    String answerTo(String said) {
        return isSandbox() ? NOTICE + said : RawProvider.TEXT;
    }

    /** The city that the tool caller wants to know the weather of. */
    String city() {
        return isSandbox() ? "sandbox" : "Samarkand";
    }

    /** What the tool caller answers when it is told this. */
    String answerToResult(String result) {
        return isSandbox() ? NOTICE + "the tool said: " + result : RawProvider.TEXT;
    }
}
