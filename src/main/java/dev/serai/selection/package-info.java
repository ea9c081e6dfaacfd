/** From a model name to the ordered list of candidates. */
@NullMarked
package dev.serai.selection;

import org.jspecify.annotations.NullMarked;
