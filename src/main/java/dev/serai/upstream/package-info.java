/** The upstream: component: one attempt at one provider, and what became of it. */
@NullMarked
package dev.serai.upstream;

import org.jspecify.annotations.NullMarked;
