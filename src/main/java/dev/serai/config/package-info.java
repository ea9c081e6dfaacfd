/** Configuration files: found, read with the line of every value, checked against a schema, refused as a whole. */
@NullMarked
package dev.serai.config;

import org.jspecify.annotations.NullMarked;
