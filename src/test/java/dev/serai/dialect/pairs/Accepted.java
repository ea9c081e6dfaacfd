package dev.serai.dialect.pairs;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What official validators and a comparison by meaning find, and what is chosen to be so. Each with its reason. */
enum Accepted {
    AUDIO_IN_RESPONSES(
            "to responses: Unknown ResponseInputContent$",
            "sound stands in OpenAI's own examples and is taken by others who speak Responses, but not by the Java library's types"),
    ITEM_WITHOUT_ID(
            "to responses: `id` is not set$",
            "OpenAI takes an assistant's message without an id, which Codex sends too; the library's types are those of stored items"),
    VIDEO_IN_CHAT(
            "to chat: Unknown ChatCompletionContentPart$",
            "video_url is the word of OpenRouter, vLLM and others; OpenAI itself takes no film"),
    CUSTOM_CALL_IN_A_STREAM(
            "to chat( as a stream)?: Unknown Type: custom in ",
            "OpenAI streams calls of custom tools in Chat, and the library's types of chunks have only functions"),
    INSTRUCTIONS_IN_THE_MIDDLE(
            "dropped .*system_position.* has another order:",
            "a dialect with one place for instructions has them at the front, and the drop is named"),
    CALLS_BEHIND_WORDS("to chat has another order:", "a whole reply in Chat has one text, and its calls behind it"),
    TRANSCRIPT(
            "^openai.openai.chat.jsonl:83 chat to gemini( as a stream)? says something else:",
            "Gemini has sound in an answer, but no place for what was said"),
    DOCUMENT_IN_A_RESULT(
            "^anthropic.anthropic.messages.jsonl:31 messages to responses, .* says something else:",
            "a document in plain text within a result is the text of the result"),
    RESULT_WITHOUT_ITS_CALL(
            "^openai.openai.responses.jsonl:175 responses to messages, dropped .tool_search_call, .* has another order:",
            "the call was OpenAI's own, and a result stands first in a turn of Messages"),
    REFUSED_BEFORE(", refused before: ", "its own provider refused it too"),
    USAGE_OF_GROQ(
            "^groq.openai.chat.jsonl:23 .* has another usage:",
            "the stream was recorded without asking for usage, which Serai always does; the codec finds it in Groq's own place"),
    SPLICED_ANSWERS(
            "^spliced-message-start.chunks.txt .* has another usage:",
            "two answers in one stream: the codec gives up where the second begins"),
    BROKEN_RECORDING(
            "^parallel-tool-call-wrapper.1.chunks.txt .* has another usage:",
            "the last event misses a brace, and is no JSON");

    private final Pattern found;
    private final String reason;

    Accepted(String found, String reason) {
        this.found = Pattern.compile(found);
        this.reason = reason;
    }

    static Optional<Accepted> of(String difference) {
        return List.of(values()).stream()
                .filter(accepted -> accepted.found.matcher(difference).find())
                .findFirst();
    }

    String reason() {
        return reason;
    }
}
