/** What is told of each attempt when it is over: one event, which is kept, charged, listed, summed and delivered. */
@NullMarked
package dev.serai.usage;

import org.jspecify.annotations.NullMarked;
