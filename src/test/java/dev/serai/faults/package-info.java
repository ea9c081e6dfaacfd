/** Everything that goes wrong with a provider, on raw sockets, and what Serai makes of it. */
@NullMarked
package dev.serai.faults;

import org.jspecify.annotations.NullMarked;
