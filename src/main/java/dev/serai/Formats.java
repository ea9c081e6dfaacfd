package dev.serai;

import dev.serai.dialect.Codecs;
import dev.serai.dialect.Dialect;
import dev.serai.dialect.Dialects;
import dev.serai.dialect.anthropic.AnthropicCountTokens;
import dev.serai.dialect.anthropic.AnthropicCountTokensCodec;
import dev.serai.dialect.anthropic.AnthropicMessages;
import dev.serai.dialect.anthropic.AnthropicMessagesCodec;
import dev.serai.dialect.gemini.Gemini;
import dev.serai.dialect.gemini.GeminiCodec;
import dev.serai.dialect.gemini.GeminiCountTokens;
import dev.serai.dialect.gemini.GeminiCountTokensCodec;
import dev.serai.dialect.gemini.GeminiEmbeddings;
import dev.serai.dialect.gemini.GeminiEmbeddingsCodec;
import dev.serai.dialect.openai.OpenAiChat;
import dev.serai.dialect.openai.OpenAiChatCodec;
import dev.serai.dialect.openai.OpenAiEmbeddings;
import dev.serai.dialect.openai.OpenAiEmbeddingsCodec;
import dev.serai.dialect.openai.OpenAiResponses;
import dev.serai.dialect.openai.OpenAiResponsesCodec;
import java.util.List;

/** Every wire format that Serai speaks: a new one is a line in each list that it belongs to. */
final class Formats {
    private Formats() {}

    /** How each is recognised, passed through and counted. */
    static Dialects dialects() {
        return new Dialects(List.<Dialect>of(
                new OpenAiChat(),
                new OpenAiResponses(),
                new OpenAiEmbeddings(),
                new AnthropicMessages(),
                new AnthropicCountTokens(),
                new Gemini(),
                new GeminiCountTokens(),
                new GeminiEmbeddings()));
    }

    /** How they are translated into each other. */
    static Codecs codecs() {
        return new Codecs(
                List.of(
                        new OpenAiChatCodec(),
                        new OpenAiResponsesCodec(),
                        new AnthropicMessagesCodec(),
                        new GeminiCodec()),
                List.of(new OpenAiEmbeddingsCodec(), new GeminiEmbeddingsCodec()),
                List.of(new AnthropicCountTokensCodec(), new GeminiCountTokensCodec()));
    }
}
