/** Fetches what requests name by URL, for providers that want the bytes. */
@NullMarked
package dev.serai.upstream.media;

import org.jspecify.annotations.NullMarked;
