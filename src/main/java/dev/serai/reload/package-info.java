/** Configuration that is read again while Serai runs: looked for, judged as a whole, swapped in at once. */
@NullMarked
package dev.serai.reload;

import org.jspecify.annotations.NullMarked;
