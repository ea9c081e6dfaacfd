package dev.serai.testing;

/**
 * A provider {@code paid} whose model {@code m} costs USD 1 a million input tokens and 10 a million output tokens, beside the fee of 0.05; and a
 * model {@code nobody-knows}, of which nobody has said what it costs.
 */
public final class PaidModel {
    /** What an answer says that it used: 100 tokens at 1 and 20 at 10 millionths, and 120 at 0.05 millionths of a dollar. */
    public static final String USAGE = "{\"prompt_tokens\":100,\"completion_tokens\":20,\"total_tokens\":120}";

    /** What that costs, in US dollars. */
    public static final String COST = "0.000306";

    /** A whole answer. */
    public static final String ANSWER =
            "{\"id\":\"c-1\",\"object\":\"chat.completion\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\","
                    + "\"content\":\"yes\"},\"finish_reason\":\"stop\"}],\"usage\":" + USAGE + "}";

    private PaidModel() {}

    /** The provider's file, for a server on this port of loopback. */
    public static String file(int port) {
        return """
                id: paid
                name: A server in a test
                baseUrl: http://127.0.0.1:%d/v1
                dialects: {openai-chat: /chat/completions}
                auth: none
                modelDefaults: {kind: chat, source: the test}
                models:
                  - id: m
                    price: {input: 1, output: 10}
                  - id: nobody-knows
                """.formatted(port);
    }
}
