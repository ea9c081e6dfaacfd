package dev.serai.journeys;

/** Whom a journey asks, and how. */
enum Way {
    SANDBOX_WHOLE("sandbox"),
    SANDBOX_STREAMED("sandbox"),
    RAW_WHOLE("raw"),
    RAW_STREAMED("raw"),
    CHAT_WHOLE("by-openai-chat"),
    CHAT_STREAMED("by-openai-chat"),
    MESSAGES_WHOLE("by-anthropic-messages"),
    MESSAGES_STREAMED("by-anthropic-messages"),
    RESPONSES_WHOLE("by-openai-responses"),
    RESPONSES_STREAMED("by-openai-responses");

    private static final String NOTICE = "This is Serai's sandbox, a pretend provider: ";

    private final String provider;

    Way(String provider) {
        this.provider = provider;
    }

    /** The file of a provider that is the sandbox, spoken to in one dialect only, whatever the client speaks. */
    static String sandboxBy(String dialect, String path) {
        return """
                id: by-%s
                name: The sandbox, in one dialect
                baseUrl: http://127.0.0.1:${SERAI_SANDBOX_PORT}/v1
                dialects:
                  %s: %s
                auth:
                  header: Authorization
                  prefix: "Bearer "
                  env: SERAI_SANDBOX_KEY
                """.formatted(dialect, dialect, path);
    }

    boolean isStreamed() {
        return name().endsWith("_STREAMED");
    }

    private boolean isSandbox() {
        return !provider.equals("raw");
    }

    String provider() {
        return provider;
    }

    /** The model that answers with a text. */
    String talker() {
        return isSandbox() ? provider + ":echo" : "raw:caravan";
    }

    /** The model that calls a tool. */
    String toolCaller() {
        return isSandbox() ? provider + ":tool" : "raw:caravan";
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
