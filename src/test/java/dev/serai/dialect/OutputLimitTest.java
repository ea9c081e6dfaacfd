package dev.serai.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.dialect.anthropic.AnthropicMessages;
import dev.serai.dialect.gemini.Gemini;
import dev.serai.dialect.openai.OpenAiChat;
import dev.serai.dialect.openai.OpenAiEmbeddings;
import dev.serai.dialect.openai.OpenAiResponses;
import dev.serai.json.JsonDocument;
import dev.serai.json.JsonEdit;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An answer of 2,000 tokens at most, said in each dialect. */
class OutputLimitTest {
    private static final Map<String, Dialect> DIALECTS = Stream.of(
                    new OpenAiChat(),
                    new OpenAiResponses(),
                    new OpenAiEmbeddings(),
                    new AnthropicMessages(),
                    new Gemini())
            .collect(Collectors.toMap(Dialect::id, dialect -> dialect));

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            openai-chat|{}|{"max_tokens":2000}
            openai-chat|{"max_tokens":null}|{"max_tokens":2000}
            openai-chat|{"max_tokens":2001,"n":2}|{"max_tokens":2000,"n":2}
            openai-chat|{"max_tokens": 2000}|{"max_tokens": 2000}
            openai-chat|{"max_tokens":7}|{"max_tokens":7}
            openai-chat|{"max_tokens":-1}|{"max_tokens":2000}
            openai-chat|{"max_tokens":0}|{"max_tokens":2000}
            openai-chat|{"max_tokens":"9e99"}|{"max_tokens":2000}
            openai-chat|{"max_tokens":9e999999999999}|{"max_tokens":2000}
            openai-chat|{"max_tokens":[]}|{"max_tokens":2000}
            openai-chat|{"max_completion_tokens":5000}|{"max_completion_tokens":2000}
            openai-chat|{"max_completion_tokens":5}|{"max_completion_tokens":5}
            openai-chat|{"max_completion_tokens":5,"max_tokens":5000}|{"max_completion_tokens":5,"max_tokens":2000}
            openai-chat|{"max_completion_tokens":null,"max_tokens":5}|{"max_completion_tokens":null,"max_tokens":5}
            openai-responses|{}|{"max_output_tokens":2000}
            openai-responses|{"max_output_tokens":100000}|{"max_output_tokens":2000}
            openai-responses|{"max_output_tokens":100}|{"max_output_tokens":100}
            anthropic-messages|{"max_tokens":64000}|{"max_tokens":2000}
            anthropic-messages|{"max_tokens":64}|{"max_tokens":64}
            anthropic-messages|{}|{"max_tokens":2000}
            gemini|{}|{"generationConfig":{"maxOutputTokens":2000}}
            gemini|{"generationConfig":null}|{"generationConfig":{"maxOutputTokens":2000}}
            gemini|{"generationConfig":{"topK":1}}|{"generationConfig":{"topK":1,"maxOutputTokens":2000}}
            gemini|{"generationConfig":{"maxOutputTokens":9999}}|{"generationConfig":{"maxOutputTokens":2000}}
            gemini|{"generationConfig":{"maxOutputTokens":"99"}}|{"generationConfig":{"maxOutputTokens":"99"}}
            gemini|{"generationConfig":{"max_output_tokens":"9999"}}|{"generationConfig":{"max_output_tokens":2000}}
            gemini|{"generation_config":{"max_output_tokens":9999}}|{"generation_config":{"max_output_tokens":2000}}
            openai-embeddings|{"max_tokens":9999}|{"max_tokens":9999}
            """)
    void a_request_allows_no_longer_answer_than_it_may(String dialect, String before, String after) throws Exception {
        assertThat(limited(dialect, before, 2_000, List.of())).isEqualTo(after);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            2000|{"max_tokens":64000,"thinking":{"type":"enabled","budget_tokens":10000}}|{"max_tokens":2000,"thinking":{"type":"enabled","budget_tokens":1024}}|thinking.budget_tokens
            4000|{"max_tokens":64000,"thinking":{"type":"enabled","budget_tokens":4000}}|{"max_tokens":4000,"thinking":{"type":"enabled","budget_tokens":2000}}|thinking.budget_tokens
            4000|{"max_tokens":64000,"thinking":{"type":"enabled","budget_tokens":3999}}|{"max_tokens":4000,"thinking":{"type":"enabled","budget_tokens":3999}}|
            1024|{"max_tokens":64000,"thinking":{"type":"enabled","budget_tokens":2048}}|{"max_tokens":1024,"thinking":{"type":"disabled"}}|thinking
            500|{"max_tokens":64000,"thinking":{"type":"adaptive"}}|{"max_tokens":500,"thinking":{"type":"adaptive"}}|
            """)
    void anthropics_budget_for_thinking_fits_into_the_answer(long most, String before, String after, String dropped)
            throws Exception {
        assertThat(limited("anthropic-messages", before, most, dropped == null ? List.of() : List.of(dropped)))
                .isEqualTo(after);
    }

    private static String limited(String dialect, String before, long most, List<String> dropped) throws Exception {
        JsonEdit edit =
                JsonDocument.parse(before.getBytes(StandardCharsets.UTF_8)).edit();
        assertThat(DIALECTS.get(dialect).limitOutput(edit, most)).isEqualTo(dropped);
        return new String(edit.toBytes(), StandardCharsets.UTF_8);
    }
}
