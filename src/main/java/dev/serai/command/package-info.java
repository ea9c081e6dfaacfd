/** The commands of the program beside starting the gateway: each a small class that prints, and says with its exit code how it went. */
@NullMarked
package dev.serai.command;

import org.jspecify.annotations.NullMarked;
