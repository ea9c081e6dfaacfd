/**
 * A pretend provider for machines without an account: it speaks the wire formats of OpenAI and Anthropic, follows a
 * script instead of asking a model, and says so in whatever it answers.
 */
@NullMarked
package dev.serai.sandbox;

import org.jspecify.annotations.NullMarked;
