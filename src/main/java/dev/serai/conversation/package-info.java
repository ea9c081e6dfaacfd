/**
 * What a conversation with a model is made of, independent of any wire format. JDK only. "Chat", "Responses" and "Messages" in these
 * pages are OpenAI's chat completions and responses and Anthropic's messages; "Gemini" is Google's {@code generateContent}. What is
 * null or empty was not said.
 */
@NullMarked
package dev.serai.conversation;

import org.jspecify.annotations.NullMarked;
