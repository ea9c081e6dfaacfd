/** Responses that Serai keeps for a while, so that a conversation can go on from them. Knows neither Camel nor JSON. */
@NullMarked
package dev.serai.responses;

import org.jspecify.annotations.NullMarked;
