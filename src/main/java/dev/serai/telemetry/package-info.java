/** Meters, log redaction and request log. */
@NullMarked
package dev.serai.telemetry;

import org.jspecify.annotations.NullMarked;
