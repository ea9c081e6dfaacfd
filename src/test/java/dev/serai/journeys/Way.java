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
    RESPONSES_STREAMED("by-openai-responses"),
    GEMINI_WHOLE("by-gemini"),
    GEMINI_STREAMED("by-gemini");

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

    /** The file of the raw provider, spoken to in Gemini only. */
    static String geminiOf(String baseUrl) {
        return """
                id: by-gemini
                name: A raw socket that speaks Gemini
                baseUrl: %s
                dialects:
                  gemini:
                    path: /gemini/{model}:generateContent
                    streamPath: /gemini/{model}:streamGenerateContent?alt=sse
                auth:
                  header: Authorization
                  prefix: "Bearer "
                  env: %s
                """.formatted(baseUrl, RawProvider.KEY_VARIABLE);
    }

    boolean isStreamed() {
        return name().endsWith("_STREAMED");
    }

    /** The sandbox speaks no Gemini: a raw socket does. */
    private boolean isSandbox() {
        return !provider.equals("raw") && !provider.equals("by-gemini");
    }

    String provider() {
        return provider;
    }

    /** The model that answers with a text. */
    String talker() {
        return provider + (isSandbox() ? ":echo" : ":caravan");
    }

    /** The model that calls a tool. */
    String toolCaller() {
        return provider + (isSandbox() ? ":tool" : ":caravan");
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
