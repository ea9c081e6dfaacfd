package dev.serai;

import dev.serai.access.Secrets;
import dev.serai.management.ControlPlane;
import dev.serai.management.StripeHook;
import dev.serai.payment.PaymentProvider;
import dev.serai.payment.Receipts;
import dev.serai.payment.StripeKeys;
import dev.serai.payment.StripeNotices;
import dev.serai.payment.StripePayments;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;

/** Who takes payments for credits: the bean {@link PaymentProvider#BEAN}, which is Stripe unless it is somebody's own. */
final class Selling implements Supplier<Optional<PaymentProvider>> {
    private final @Nullable StripeKeys keys;
    private volatile @Nullable CamelContext context;

    /** @param keys null if not through Stripe; then none of its classes is loaded */
    Selling(@Nullable StripeKeys keys) {
        this.keys = keys;
    }

    void install(CamelContext installed, ControlPlane plane) {
        context = installed;
        if (keys != null) {
            StripePayments stripe = new StripePayments(keys, Secrets.ofProcess());
            Receipts receipts = new Receipts(plane::store, stripe, plane.random(), plane.clock());
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
}
