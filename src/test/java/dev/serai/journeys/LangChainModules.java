package dev.serai.journeys;

import dev.langchain4j.model.anthropic.AnthropicChatModel;
import dev.langchain4j.model.anthropic.AnthropicStreamingChatModel;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.googleai.GeminiThinkingConfig;
import dev.langchain4j.model.googleai.GoogleAiGeminiChatModel;
import dev.langchain4j.model.googleai.GoogleAiGeminiStreamingChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiResponsesChatModel;
import dev.langchain4j.model.openai.OpenAiResponsesStreamingChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.serai.RunningSerai;

/** The modules of LangChain4j, pointed at Serai. */
final class LangChainModules {
    private LangChainModules() {}

    /** @param url of Serai, without a path */
    static LangChainSdk.Module openAiChat(String url) {
        return new LangChainSdk.Module() {
            @Override
            public ChatModel whole(String model, boolean thinks) {
                return OpenAiChatModel.builder()
                        .baseUrl(url + "/v1")
                        .apiKey(RunningSerai.KEY)
                        .modelName(model)
                        .reasoningEffort(thinks ? "medium" : null)
                        .returnThinking(thinks)
                        .maxRetries(0)
                        .build();
            }

            @Override
            public StreamingChatModel streaming(String model, boolean thinks) {
                return OpenAiStreamingChatModel.builder()
                        .baseUrl(url + "/v1")
                        .apiKey(RunningSerai.KEY)
                        .modelName(model)
                        .reasoningEffort(thinks ? "medium" : null)
                        .returnThinking(thinks)
                        .build();
            }
        };
    }

    static LangChainSdk.Module openAiResponses(String url) {
        return new LangChainSdk.Module() {
            @Override
            public ChatModel whole(String model, boolean thinks) {
                return OpenAiResponsesChatModel.builder()
                        .baseUrl(url + "/v1")
                        .apiKey(RunningSerai.KEY)
                        .modelName(model)
                        .store(false)
                        .reasoningEffort(thinks ? "medium" : null)
                        .reasoningSummary(thinks ? "auto" : null)
                        .build();
            }

            @Override
            public StreamingChatModel streaming(String model, boolean thinks) {
                return OpenAiResponsesStreamingChatModel.builder()
                        .baseUrl(url + "/v1")
                        .apiKey(RunningSerai.KEY)
                        .modelName(model)
                        .store(false)
                        .reasoningEffort(thinks ? "medium" : null)
                        .reasoningSummary(thinks ? "auto" : null)
                        .build();
            }
        };
    }

    static LangChainSdk.Module anthropic(String url) {
        return new LangChainSdk.Module() {
            @Override
            public ChatModel whole(String model, boolean thinks) {
                return AnthropicChatModel.builder()
                        .baseUrl(url + "/v1")
                        .apiKey(RunningSerai.KEY)
                        .modelName(model)
                        .maxTokens(4000)
                        .thinkingType(thinks ? "enabled" : null)
                        .thinkingBudgetTokens(thinks ? 2048 : null)
                        .thinkingDisplay(thinks ? "summarized" : null)
                        .returnThinking(thinks)
                        .maxRetries(0)
                        .build();
            }

            @Override
            public StreamingChatModel streaming(String model, boolean thinks) {
                return AnthropicStreamingChatModel.builder()
                        .baseUrl(url + "/v1")
                        .apiKey(RunningSerai.KEY)
                        .modelName(model)
                        .maxTokens(4000)
                        .thinkingType(thinks ? "enabled" : null)
                        .thinkingBudgetTokens(thinks ? 2048 : null)
                        .thinkingDisplay(thinks ? "summarized" : null)
                        .returnThinking(thinks)
                        .build();
            }
        };
    }

    static LangChainSdk.Module gemini(String url) {
        GeminiThinkingConfig thinking = GeminiThinkingConfig.builder()
                .includeThoughts(true)
                .thinkingBudget(2048)
                .build();
        return new LangChainSdk.Module() {
            @Override
            public ChatModel whole(String model, boolean thinks) {
                return GoogleAiGeminiChatModel.builder()
                        .baseUrl(url + "/v1beta")
                        .apiKey(RunningSerai.KEY)
                        .modelName(model)
                        .thinkingConfig(thinks ? thinking : null)
                        .returnThinking(thinks)
                        .maxRetries(0)
                        .build();
            }

            @Override
            public StreamingChatModel streaming(String model, boolean thinks) {
                return GoogleAiGeminiStreamingChatModel.builder()
                        .baseUrl(url + "/v1beta")
                        .apiKey(RunningSerai.KEY)
                        .modelName(model)
                        .thinkingConfig(thinks ? thinking : null)
                        .returnThinking(thinks)
                        .build();
            }
        };
    }
}
