/** OpenAI's wire formats: chat completions, responses, embeddings. */
@NullMarked
package dev.serai.dialect.openai;

import org.jspecify.annotations.NullMarked;
