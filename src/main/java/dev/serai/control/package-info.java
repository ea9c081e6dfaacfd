/**
 * What the management API manages, as plain data: accounts, keys, configurations, custom providers, settings and the record of who
 * changed what. Every record validates itself; none of them knows where it is kept.
 */
@NullMarked
package dev.serai.control;

import org.jspecify.annotations.NullMarked;
