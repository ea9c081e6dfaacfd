/** Access keys, secrets and who may call. */
@NullMarked
package dev.serai.access;

import org.jspecify.annotations.NullMarked;
