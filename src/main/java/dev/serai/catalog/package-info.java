/** Providers and their models, read from files into an immutable snapshot. */
@NullMarked
package dev.serai.catalog;

import org.jspecify.annotations.NullMarked;
