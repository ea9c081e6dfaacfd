/** Wire formats: one codec each, found by name in the registry. */
@NullMarked
package dev.serai.dialect;

import org.jspecify.annotations.NullMarked;
