/** Google's wire format: generateContent, and what belongs to it. */
@NullMarked
package dev.serai.dialect.gemini;

import org.jspecify.annotations.NullMarked;
