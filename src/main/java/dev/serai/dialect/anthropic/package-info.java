/** Anthropic's wire format: messages. */
@NullMarked
package dev.serai.dialect.anthropic;

import org.jspecify.annotations.NullMarked;
