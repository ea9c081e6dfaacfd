/** The processors that the YAML routes name: read a variable, call the domain, set a variable. */
@NullMarked
package dev.serai.steps;

import org.jspecify.annotations.NullMarked;
