/** What an account should hold, as a file, and what is to be done about it. */
@NullMarked
package dev.serai.declared;

import org.jspecify.annotations.NullMarked;
