package dev.serai.payment;

import dev.serai.access.Secret;
import java.util.regex.Pattern;

/**
 * What Serai and Stripe know each other by.
 *
 * @param secretKey     with which Serai asks Stripe
 * @param webhookSecret with which Stripe signs what it tells Serai
 * @param apiBase       where Stripe is; another address than its own is for tests
 */
public record StripeKeys(Secret secretKey, Secret webhookSecret, String apiBase) {
    private static final Pattern SECRET_KEY = Pattern.compile("[sr]k_[!-~]{8,500}");
    private static final Pattern WEBHOOK_SECRET = Pattern.compile("whsec_[!-~]{8,500}");

    /** @throws IllegalArgumentException if it is none, without quoting it */
    public static Secret secretKey(String text) {
        if (text.startsWith("pk_")) {
            throw new IllegalArgumentException(
                    "is a publishable key (pk_…), which is for browsers; take the secret key (sk_…) or a restricted one (rk_…)");
        }
        return checked(text, SECRET_KEY, "is no secret key of Stripe's: one begins with sk_ or rk_");
    }

    /** @throws IllegalArgumentException likewise */
    public static Secret webhookSecret(String text) {
        return checked(
                text,
                WEBHOOK_SECRET,
                "is no signing secret of a web-hook: one begins with whsec_, and Stripe shows it with the endpoint");
    }

    private static Secret checked(String text, Pattern form, String otherwise) {
        if (!form.matcher(text).matches()) {
            throw new IllegalArgumentException(otherwise);
        }
        return new Secret(text);
    }
}
