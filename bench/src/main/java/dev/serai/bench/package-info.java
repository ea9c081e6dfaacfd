/** The benchmark: a pretend provider, a bare proxy as the yardstick, a load generator, and the driver that compares. */
@NullMarked
package dev.serai.bench;

import org.jspecify.annotations.NullMarked;
