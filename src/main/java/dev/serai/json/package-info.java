/**
 * JSON objects kept as their bytes: strict reading, edits that leave everything else as it was. Jackson and the JDK
 * only.
 */
@NullMarked
package dev.serai.json;

import org.jspecify.annotations.NullMarked;
