package dev.serai.management;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.RunningSerai;
import dev.serai.management.ApiServer.Answer;
import dev.serai.payment.CheckoutSession;
import dev.serai.payment.PaymentProvider;
import dev.serai.payment.Purchase;
import dev.serai.store.StoppablePostgres;
import dev.serai.testing.Await;
import dev.serai.testing.StripeDouble;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Buying where it is not set up, where somebody else takes the money, and where the database is away. */
@Timeout(120)
class BuyingElsewhereTest {
    private static final String ORDER = """
            {"amount": "5", "successUrl": "https://shop.example/a", "cancelUrl": "https://shop.example/b"}""";

    @TempDir
    Path home;

    private RunningSerai.Setup setup() {
        return ApiServer.setup(home).with("SERAI_BOOTSTRAP_API_KEY", ApiServer.OPERATOR);
    }

    private RunningSerai.Setup selling(StripeDouble stripe) {
        return setup().with("SERAI_STRIPE_SECRET_KEY", StripeDouble.KEY)
                .with("SERAI_STRIPE_WEBHOOK_SECRET", StripeDouble.WEBHOOK_SECRET)
                .with("SERAI_STRIPE_API_BASE", stripe.url());
    }

    @Test
    void where_nothing_is_sold_a_buyer_hears_whom_to_ask_and_there_is_no_web_hook() throws Exception {
        try (ApiServer api = ApiServer.start(setup())) {
            Answer answer = api.post("/api/credits/checkout-session", ORDER);
            assertThat(answer.status()).isEqualTo(501);
            assertThat(answer.text()).contains("buying_not_set_up", "Ask the operator", "serai.stripe-secret-key");
            assertThat(api.send(null, "POST", "/webhooks/stripe", "{}").status())
                    .isEqualTo(404);
        }
    }

    /** Named by a route file. */
    public static final class Cashier implements PaymentProvider {
        @Override
        public CheckoutSession open(Purchase purchase) {
            return new CheckoutSession(
                    "cash-" + purchase.accountId() + "-" + purchase.cents(),
                    "https://cashier.example/",
                    Instant.parse("2100-01-01T00:00:00Z"));
        }
    }

    @Test
    void a_bean_of_somebodys_own_takes_the_money_instead_of_stripe() throws Exception {
        try (StripeDouble stripe = new StripeDouble(Clock.systemUTC());
                ApiServer api = ApiServer.start(selling(stripe).withRouteFile("cashier.camel.yaml", """
                        - beans:
                            - name: paymentProvider
                              type: dev.serai.management.BuyingElsewhereTest$Cashier
                        """))) {
            Answer answer = api.post("/api/credits/checkout-session", ORDER);
            assertThat(answer.status()).as("%s", answer).isEqualTo(201);
            assertThat(answer.id()).isEqualTo("cash-default-500");
            assertThat(stripe.server().received()).isEmpty();
        }
    }

    @Test
    void what_is_paid_while_the_database_is_away_is_told_again_and_not_lost() throws Exception {
        try (StripeDouble stripe = new StripeDouble(Clock.systemUTC());
                StoppablePostgres postgres = StoppablePostgres.start(home.resolve("postgres"));
                ApiServer api = ApiServer.start(selling(stripe).with("SERAI_DATABASE_URL", postgres.url()))) {
            ObjectNode paid =
                    stripe.paid(api.post("/api/credits/checkout-session", ORDER).id());
            String event = stripe.event("checkout.session.completed", paid);
            postgres.stop();
            Answer away =
                    api.send(null, "POST", "/webhooks/stripe", event, "Stripe-Signature", stripe.signature(event));
            assertThat(away.status()).as("%s", away).isEqualTo(503);
            assertThat(away.header("retry-after")).isNotEmpty();
            assertThat(api.send(null, "POST", "/webhooks/stripe", event, "Stripe-Signature", "t=1,v1=0")
                            .status())
                    .as("and nobody else learns that it is away")
                    .isEqualTo(400);
            postgres.startAgain();
            // As Stripe does: connections from before may break once more.
            Await.until(
                    "it is taken",
                    () -> answer(api, "POST", "/webhooks/stripe", event, "Stripe-Signature", stripe.signature(event))
                                    .status()
                            == 200);
            Await.until("the balance can be read", () -> answer(api, "GET", "/api/credits/balance", null)
                    .json()
                    .path("balance")
                    .asText()
                    .equals("5"));
        }
    }

    private static Answer answer(ApiServer api, String method, String path, @Nullable String body, String... headers) {
        try {
            return api.send(method.equals("GET") ? ApiServer.OPERATOR : null, method, path, body, headers);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
