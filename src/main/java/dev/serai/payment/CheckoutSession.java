package dev.serai.payment;

import java.time.Instant;

/**
 * A page where somebody pays.
 *
 * @param id        as its provider calls it
 * @param url       where the buyer is sent
 * @param expiresAt when it cannot be paid any more
 */
public record CheckoutSession(String id, String url, Instant expiresAt) {}
