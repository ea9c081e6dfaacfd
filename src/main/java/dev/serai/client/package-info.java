/** The management API from the side of whoever calls it. */
@org.jspecify.annotations.NullMarked
package dev.serai.client;
