package dev.serai;

import dev.serai.access.Secret;
import dev.serai.access.Secrets;
import dev.serai.config.ConfigurationException;
import dev.serai.config.Problem;
import dev.serai.management.ControlPlane;
import dev.serai.management.StripeHook;
import dev.serai.payment.PaymentProvider;
import dev.serai.payment.Purchase;
import dev.serai.payment.Receipts;
import dev.serai.payment.StripeKeys;
import dev.serai.payment.StripeNotices;
import dev.serai.payment.StripePayments;
import dev.serai.secrets.ReferenceException;
import dev.serai.secrets.References;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;

/** Who takes payments for credits: the bean {@link PaymentProvider#BEAN}, which is Stripe unless it is somebody's own. */
final class Selling implements Supplier<Optional<PaymentProvider>> {
    static final String STRIPE_KEY = "serai.stripe-secret-key";
    static final String STRIPE_WEBHOOK = "serai.stripe-webhook-secret";
    private static final String STRIPE_BASE = "serai.stripe-api-base";

    private final @Nullable StripeKeys keys;
    private volatile @Nullable CamelContext context;

    /** @param keys null if not through Stripe; then none of its classes is loaded */
    private Selling(@Nullable StripeKeys keys) {
        this.keys = keys;
    }

    /**
     * What the settings say. Secrets in them are masked in logs from now on.
     *
     * @throws ConfigurationException as {@link #check}
     */
    static Selling of(Settings settings, References references, Secrets masked) throws ConfigurationException {
        return new Selling(stripe(settings, references, masked));
    }

    /**
     * Would {@link #of} take these settings?
     *
     * @throws ConfigurationException if the keys of Stripe are wrong, or one of both is missing: without the second one, anybody could
     *     say that he has paid; or if there is nothing that could use them
     */
    static void check(Settings settings) throws ConfigurationException {
        CamelReferences references = new CamelReferences(settings.environment(), new Options(settings).secretFiles());
        if (stripe(settings, references, Secrets.ofProcess()) != null && !settings.flag(Management.ADMIN_PORT)) {
            throw told(STRIPE_KEY, "needs the admin port, where credits are bought and Stripe tells of payments");
        }
    }

    /** Whether Stripe is asked to take payments, and tells of them; of settings that were not checked too. */
    static boolean isThroughStripe(Settings settings) {
        return "true".equals(settings.values().get(Management.ADMIN_PORT))
                && !settings.values().getOrDefault(STRIPE_KEY, "").isEmpty();
    }

    private static @Nullable StripeKeys stripe(Settings settings, References references, Secrets masked)
            throws ConfigurationException {
        boolean hasKey = !settings.text(STRIPE_KEY).isEmpty();
        if (hasKey != !settings.text(STRIPE_WEBHOOK).isEmpty()) {
            throw told(
                    hasKey ? STRIPE_WEBHOOK : STRIPE_KEY,
                    "is empty, and " + (hasKey ? STRIPE_KEY : STRIPE_WEBHOOK)
                            + " is set: credits are sold with both, or not at all");
        }
        String base = settings.text(STRIPE_BASE);
        if (!Purchase.isWebAddress(base)) {
            throw told(STRIPE_BASE, "must be a URL that begins with https://, or http:// and a host of this machine");
        }
        return hasKey
                ? new StripeKeys(
                        secret(settings, STRIPE_KEY, StripeKeys::secretKey, references, masked),
                        secret(settings, STRIPE_WEBHOOK, StripeKeys::webhookSecret, references, masked),
                        base)
                : null;
    }

    void install(CamelContext installed, ControlPlane plane) {
        context = installed;
        if (keys != null) {
            StripePayments stripe = new StripePayments(keys, Secrets.ofProcess());
            Receipts receipts = new Receipts(plane::store, plane::ledger, stripe, plane.clock());
            new StripeHook(new StripeNotices(keys.webhookSecret(), plane.clock()), receipts)
                    .beans()
                    .forEach((name, step) -> installed.getRegistry().bind(name, step));
            if (installed.getRegistry().lookupByName(PaymentProvider.BEAN) == null) {
                installed.getRegistry().bind(PaymentProvider.BEAN, stripe);
            }
        }
    }

    @Override
    public Optional<PaymentProvider> get() {
        CamelContext installed = context;
        return installed == null
                ? Optional.empty()
                : Optional.ofNullable(
                        installed.getRegistry().lookupByNameAndType(PaymentProvider.BEAN, PaymentProvider.class));
    }

    /** What the setting says, or what lies where it says. */
    private static Secret secret(
            Settings settings, String name, Function<String, Secret> form, References references, Secrets masked)
            throws ConfigurationException {
        String said = settings.text(name).strip();
        if (said.isEmpty()) {
            throw told(name, "is blank");
        }
        try {
            Secret value =
                    form.apply(said.startsWith("{{") ? references.value(said).reveal() : said);
            masked.register(value);
            return value;
        } catch (ReferenceException e) {
            boolean isNear = references.isNear(said);
            throw told(
                    name,
                    isNear
                            ? "cannot be had: " + e.getMessage()
                            : "must be the secret itself, {{env:NAME}} or {{file:NAME}}");
        } catch (IllegalArgumentException e) {
            throw told(name, String.valueOf(e.getMessage()));
        }
    }

    private static ConfigurationException told(String name, String problem) {
        return new ConfigurationException(
                new Problem(name, 0, problem + " (also set by " + Settings.variable(name) + ")"));
    }
}
