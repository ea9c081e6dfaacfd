/** Every way in which Serai itself refuses or fails a request. */
@NullMarked
package dev.serai.error;

import org.jspecify.annotations.NullMarked;
