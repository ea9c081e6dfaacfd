/** Serai, an AI gateway built from Apache Camel routes: the program and its object graph. */
@NullMarked
package dev.serai;

import org.jspecify.annotations.NullMarked;
