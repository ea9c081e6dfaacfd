/**
 * What happens after an attempt failed: the verdict on each kind of fault, clocks and retries, keys that rest, providers that are left
 * alone. Knows no transport: the routes ask, and report.
 */
@NullMarked
package dev.serai.failover;

import org.jspecify.annotations.NullMarked;
