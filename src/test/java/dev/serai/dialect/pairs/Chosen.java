package dev.serai.dialect.pairs;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Where Serai translates otherwise than the gateway whose translations are compared: "pair | statement | theirs | Serai's". */
enum Chosen {
    MODEL(false, "-responses(-streaming)? \\| model \\| (input-model|) \\| ", "theirs is a placeholder, or missing"),
    FINER_USAGE(false, "usage, reasoning \\| 0 \\| ", "the provider states how much of the output was reasoning"),
    DEFAULT_LIMIT(
            false,
            "anthropic \\| max tokens \\| 4096 \\| ",
            "Messages demands a limit that the client did not state; it leaves room for the thinking that was asked for"),
    RESULT_AS_OBJECT(
            false,
            "vertex-gemini \\| message \\d+ \\| USER .result \\{\"content\":",
            "a result that is a JSON object is one for Gemini, too, rather than a string in one"),
    STRICT(
            false,
            "tool get_weather strict \\| null \\| false",
            "what is not asked for is said: Responses takes strict for the default"),
    NO_PARAMETERS(
            false,
            "tool get_weather parameters \\| \\{\"type\":\"object\"} \\| \\{\"type\":\"object\",\"properties\":\\{}}",
            "OpenAI's models want the empty list of properties"),
    TOOLS_OF_THE_PAST(
            false,
            "tool-call.anthropic \\| tool (choice|get_\\w+ parameters) \\| null \\| ",
            "Messages refuses calls of tools that are not declared: they are declared, and may not be called"),
    USER(false, "responses_agent_subset.responses \\| user \\| null \\| user-123", "the user id is OpenAI's user"),
    THEIR_TOOL_IS_LOST(
            false,
            "full.anthropic \\| tool calculate_fibonacci \\w+ \\| null",
            "the client declared it, so it is sent"),
    THEIR_IMAGE_IS_LOST(false, "cache_control.completions \\| message 4 media \\| null", "results can hold images"),
    THEIR_THOUGHTS_ARE_LOST(false, "openrouter_reasoning.* thoughts \\| null", "the provider's reasoning is shown"),
    THEIR_CACHE_IS_LOST(
            false,
            "stream_message_delta_usage.* \\| usage, .* \\| 3883 \\| ",
            "Anthropic's input does not contain what was read from the cache, OpenAI's does"),
    ROLE_OF_INSTRUCTIONS(
            false,
            "^requests/responses/.* \\| DEVELOPER .* \\| SYSTEM ",
            "every speaker of Chat knows the role system, and only OpenAI's models the role developer"),
    BLANK_STOP(
            false,
            "full.anthropic \\| stop \\| .\\n\\n, END. \\| .END.$",
            "Messages refuses a stop sequence of white space"),
    ANY_JSON(
            true,
            "full.anthropic \\| output schema \\| .* \\| null$",
            "JSON of any shape cannot be said in Messages, whose schemas are closed; the drop is named"),
    BUDGETS(true, "reasoning_max.* \\| thinking budget ", "an effort becomes a budget by Serai's own table"),
    ADAPTIVE(
            true,
            "gpt_adaptive_thinking_with_tools.completions \\| thinking effort \\| NONE \\| null",
            "how hard an adaptive model thinks is its own choice, elsewhere too: no effort is not an effort of none"),
    BREAKPOINTS(
            true,
            "cache_control.*prompt_cache_breakpoint \\| ",
            "a field of OpenAI's own, which the many other speakers of Chat refuse: the marks are dropped and named"),
    FILE_ID(
            true,
            "responses_agent_subset.responses \\| message 1 media ",
            "a file that was uploaded to one provider is not known to another; the drop is named"),
    METADATA(
            true,
            "responses_agent_subset.responses \\| metadata \\| ",
            "Messages has one field of metadata, the user's id; another is named as dropped"),
    WORDS_TWICE(
            true,
            "audio.completions-\\w+ \\| answer 0 \\| ",
            "the provider sent the words and the transcript, and both are told"),
    UNSTATED_OUTPUT(
            true,
            "gemini_zero_completion_tokens.* \\| usage, all output \\| 1 \\| 0",
            "counts are those that the provider states; the difference to its total is not called output");

    private final boolean means;
    private final Pattern difference;
    private final String reason;

    Chosen(boolean means, String difference, String reason) {
        this.means = means;
        this.difference = Pattern.compile(difference);
        this.reason = reason;
    }

    static Optional<Chosen> of(String difference) {
        return List.of(values()).stream()
                .filter(chosen -> chosen.difference.matcher(difference).find())
                .findFirst();
    }

    /** Whether something else is said, and not only in other words, or more completely. */
    boolean means() {
        return means;
    }

    String reason() {
        return reason;
    }
}
