/**
 * How accounts buy credits: {@link PaymentProvider} is the one interface to whoever takes the money, and Stripe is the one that comes with
 * Serai. What was paid, refunded or disputed is written into the books of {@code dev.serai.store}.
 */
@NullMarked
package dev.serai.payment;

import org.jspecify.annotations.NullMarked;
