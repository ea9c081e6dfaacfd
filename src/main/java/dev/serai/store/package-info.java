/**
 * Where Serai keeps what is managed: SQLite or PostgreSQL, with the same schema and the same statements. Everything here blocks, and
 * belongs on no event loop.
 */
@NullMarked
package dev.serai.store;

import org.jspecify.annotations.NullMarked;
