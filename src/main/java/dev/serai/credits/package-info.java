/**
 * What things cost, who pays, and what is left: prices to bills, holds against balances, and the interface of the books in which charges
 * are kept for good. Knows no HTTP and no database.
 */
@NullMarked
package dev.serai.credits;

import org.jspecify.annotations.NullMarked;
