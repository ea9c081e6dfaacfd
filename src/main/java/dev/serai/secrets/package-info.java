/** Encryption of what must be read again, such as providers' keys, under a master key that is not in the store. */
@NullMarked
package dev.serai.secrets;

import org.jspecify.annotations.NullMarked;
