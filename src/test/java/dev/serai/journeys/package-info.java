/** Serai as its users meet it: a real port, the official clients, and providers that are known byte for byte. */
@NullMarked
package dev.serai.journeys;

import org.jspecify.annotations.NullMarked;
