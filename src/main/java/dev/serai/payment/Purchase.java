package dev.serai.payment;

import dev.serai.catalog.BaseUrl;
import java.net.URI;
import java.net.URISyntaxException;

/**
 * Credits that an account wants to buy: as many US dollars as are paid.
 *
 * @param cents          from {@link #LEAST_CENTS} to {@link #MOST_CENTS}
 * @param successUrl     where the buyer goes from the provider's page when it is paid: https, or on the buyer's own machine;
 *                       {@code {CHECKOUT_SESSION_ID}} in it is for the provider to fill in
 * @param cancelUrl      where the buyer goes instead
 * @param idempotencyKey with the same one, a purchase has one page however often it is opened
 */
public record Purchase(String accountId, long cents, String successUrl, String cancelUrl, String idempotencyKey) {
    public static final long LEAST_CENTS = 1_00;
    public static final long MOST_CENTS = 10_000_00;

    private static final int MAX_URL = 2_000;
    private static final String PLACE_OF_ID = "{CHECKOUT_SESSION_ID}";

    public Purchase {
        if (cents < LEAST_CENTS || cents > MOST_CENTS) {
            throw new IllegalArgumentException(
                    "amount must be from " + LEAST_CENTS / 100 + " to " + MOST_CENTS / 100 + " USD");
        }
        check("successUrl", successUrl);
        check("cancelUrl", cancelUrl);
    }

    /** @throws IllegalArgumentException if somebody could be led elsewhere than to a website by it */
    private static void check(String field, String text) {
        if (text.length() > MAX_URL) {
            throw new IllegalArgumentException(field + " must have at most " + MAX_URL + " characters");
        }
        if (!isWebAddress(text.replace(PLACE_OF_ID, "id"))) {
            throw new IllegalArgumentException(
                    field
                            + " must be a URL that begins with https://, or with http:// and a host such as localhost, without a user");
        }
    }

    /** Whether it is https, or http on this machine. */
    public static boolean isWebAddress(String text) {
        try {
            URI url = new URI(text);
            String scheme = String.valueOf(url.getScheme());
            return url.getHost() != null
                    && url.getRawUserInfo() == null
                    && (scheme.equalsIgnoreCase("https")
                            || (scheme.equalsIgnoreCase("http") && BaseUrl.isThisMachine(url.getHost())));
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
