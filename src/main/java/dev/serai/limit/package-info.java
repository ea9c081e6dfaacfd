/** How often access keys and accounts may ask: their counters, in the memory of this process. */
@NullMarked
package dev.serai.limit;

import org.jspecify.annotations.NullMarked;
