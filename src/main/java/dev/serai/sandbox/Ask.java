package dev.serai.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * What an application asks for, whichever dialect it asks in.
 *
 * @param model      the model as the request names it
 * @param streamed   whether the answer is wanted as an event stream
 * @param userText   the text of the last message of the user, possibly empty
 * @param toolResult what the tool said, if the request ends with a tool's result; otherwise null
 * @param tool       the tool to call, or null
 * @param inputWords the words of all messages together, which pass for input tokens
 * @param source     the request itself, for what only its own dialect knows; only read
 */
record Ask(
        String model,
        boolean streamed,
        String userText,
        @Nullable String toolResult,
        @Nullable Tool tool,
        int inputWords,
        ObjectNode source) {}
