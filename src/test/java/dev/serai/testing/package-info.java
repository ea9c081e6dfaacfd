/** Servers and clients that do what real ones do only on a bad day. */
@NullMarked
package dev.serai.testing;

import org.jspecify.annotations.NullMarked;
