/** Server-sent events: an incremental reader with no knowledge of providers. */
@NullMarked
package dev.serai.sse;

import org.jspecify.annotations.NullMarked;
