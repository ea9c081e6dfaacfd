/** Any client to any provider: what crosses between two dialects, by the public way that the gateway takes. */
@org.jspecify.annotations.NullMarked
package dev.serai.dialect.pairs;
