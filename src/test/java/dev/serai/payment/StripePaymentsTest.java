package dev.serai.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.serai.access.Secret;
import dev.serai.access.Secrets;
import dev.serai.payment.PaymentException.Reason;
import dev.serai.testing.LogTap;
import dev.serai.testing.RawServer;
import dev.serai.testing.StripeDouble;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What Stripe is asked, and what becomes of its answers. */
@Timeout(60)
class StripePaymentsTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final int READ_MILLIS = 500;

    private final StripeDouble stripe = new StripeDouble(Clock.fixed(NOON, ZoneOffset.UTC));
    private final StripePayments payments = new StripePayments(
            new StripeKeys(new Secret(StripeDouble.KEY), new Secret(StripeDouble.WEBHOOK_SECRET), stripe.url()),
            new Secrets(1),
            READ_MILLIS);

    @AfterEach
    void stop() {
        stripe.close();
    }

    private static Purchase purchase(long cents, String key) {
        return new Purchase(
                "acc_1",
                cents,
                "https://shop.example/done?s={CHECKOUT_SESSION_ID}",
                "https://shop.example/left?a=1&b=ü".replace("ü", "%C3%BC"),
                key);
    }

    @Test
    void a_purchase_is_one_form_with_the_key_of_serai_and_of_the_purchase() {
        CheckoutSession session = payments.open(purchase(2_550, "k1"));
        assertThat(session)
                .isEqualTo(new CheckoutSession(
                        "cs_test_1", "https://checkout.stripe.com/c/pay/cs_test_1", NOON.plusSeconds(86_400)));
        assertThat(stripe.server().received()).singleElement().satisfies(request -> {
            assertThat(request.head()).startsWith("POST /v1/checkout/sessions HTTP/1.1");
            assertThat(request.header("Authorization")).isEqualTo("Bearer " + StripeDouble.KEY);
            assertThat(request.header("Idempotency-Key")).isEqualTo("k1");
            assertThat(request.header("Content-Type")).startsWith("application/x-www-form-urlencoded");
            assertThat(StripeDouble.form(request.text()))
                    .isEqualTo(Map.ofEntries(
                            Map.entry("mode", "payment"),
                            Map.entry("success_url", "https://shop.example/done?s={CHECKOUT_SESSION_ID}"),
                            Map.entry("cancel_url", "https://shop.example/left?a=1&b=%C3%BC"),
                            Map.entry("client_reference_id", "acc_1"),
                            Map.entry("metadata[serai_account]", "acc_1"),
                            Map.entry("payment_intent_data[metadata][serai_account]", "acc_1"),
                            Map.entry("line_items[0][quantity]", "1"),
                            Map.entry("line_items[0][price_data][currency]", "usd"),
                            Map.entry("line_items[0][price_data][unit_amount]", "2550"),
                            Map.entry("line_items[0][price_data][product_data][name]", "Credits")));
        });
    }

    @Test
    void the_same_purchase_has_one_page_and_its_key_is_for_no_other() {
        assertThat(payments.open(purchase(500, "k1"))).isEqualTo(payments.open(purchase(500, "k1")));
        assertThat(payments.open(purchase(500, "k2")).id()).isEqualTo("cs_test_2");
        assertThatThrownBy(() -> payments.open(purchase(501, "k1")))
                .isInstanceOfSatisfying(
                        PaymentException.class, e -> assertThat(e.reason()).isEqualTo(Reason.KEY_REUSED));
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of("busy", refusal(429, "rate_limit"), Reason.UNAVAILABLE),
                Arguments.of("broken", refusal(500, "boom"), Reason.UNAVAILABLE),
                Arguments.of("away", refusal(503, "boom"), Reason.UNAVAILABLE),
                Arguments.of(
                        "no JSON", script("HTTP/1.1 502 Bad\r\nContent-Length: 6\r\n\r\n<html>"), Reason.UNAVAILABLE),
                Arguments.of("slow", (RawServer.Script) connection -> connection.pause(20_000), Reason.UNAVAILABLE),
                Arguments.of("an empty object", script(RawServer.json(200, "{}")), Reason.UNAVAILABLE),
                Arguments.of("a wrong key", refusal(401, "api_key_expired"), Reason.REFUSED),
                Arguments.of("not allowed", refusal(403, "more_permissions_required"), Reason.REFUSED),
                Arguments.of("a wrong field", refusal(400, "url_invalid"), Reason.REFUSED));
    }

    private static RawServer.Script script(String answer) {
        return connection -> connection.write(answer);
    }

    private static RawServer.Script refusal(int status, String code) {
        return script(RawServer.json(
                status,
                "{\"error\":{\"type\":\"invalid_request_error\",\"code\":\"" + code + "\",\"message\":\"no: "
                        + StripeDouble.KEY + "\"}}"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("failures")
    void a_failure_is_told_once_without_the_key_and_not_tried_again(
            String what, RawServer.Script does, Reason expected) {
        stripe.next(does);
        try (LogTap log = new LogTap(StripePayments.class.getName())) {
            PaymentException failure =
                    catchThrowableOfType(PaymentException.class, () -> payments.open(purchase(500, "k1")));
            assertThat(failure.reason()).isEqualTo(expected);
            assertThat(failure.getMessage()).endsWith(".").doesNotContain(StripeDouble.KEY);
            assertThat(log.take()).hasSizeLessThanOrEqualTo(1).noneMatch(line -> line.contains(StripeDouble.KEY));
        }
        assertThat(stripe.server().received()).hasSize(1);
        assertThat(payments.open(purchase(500, "k1")).id()).startsWith("cs_test_");
    }

    @Test
    void a_connection_that_breaks_is_tried_again_by_java_with_the_same_key() {
        stripe.next(RawServer.Connection::reset);
        assertThat(payments.open(purchase(500, "k1")).id()).isEqualTo("cs_test_1");
        assertThat(stripe.server().received()).hasSize(2).allMatch(request -> request.header("Idempotency-Key")
                .equals("k1"));
    }

    @Test
    void a_stripe_that_is_not_there_is_unavailable() {
        stripe.close();
        assertThatThrownBy(() -> payments.open(purchase(500, "k1")))
                .hasMessageContaining("Stripe cannot be reached")
                .isInstanceOfSatisfying(
                        PaymentException.class, e -> assertThat(e.reason()).isEqualTo(Reason.UNAVAILABLE));
    }

    @Test
    void a_slow_stripe_holds_two_callers_and_no_third() throws Exception {
        CountDownLatch asked = new CountDownLatch(2);
        CountDownLatch go = new CountDownLatch(1);
        RawServer.Script waiting = connection -> {
            asked.countDown();
            go.await();
            connection.write(RawServer.json(500, "{}"));
        };
        stripe.next(waiting);
        stripe.next(waiting);
        StripePayments patient = new StripePayments(
                new StripeKeys(new Secret(StripeDouble.KEY), new Secret(StripeDouble.WEBHOOK_SECRET), stripe.url()),
                new Secrets(1));
        CompletableFuture<?> both = CompletableFuture.allOf(
                CompletableFuture.runAsync(() -> opened(patient, "k1")),
                CompletableFuture.runAsync(() -> opened(patient, "k2")));
        asked.await();
        assertThatThrownBy(() -> patient.open(purchase(500, "k3"))).hasMessageContaining("asked by others");
        go.countDown();
        both.join();
        assertThat(patient.open(purchase(500, "k3")).id()).startsWith("cs_test_");
    }

    private static void opened(StripePayments payments, String key) {
        assertThatThrownBy(() -> payments.open(purchase(500, key))).isInstanceOf(PaymentException.class);
    }

    @Test
    void a_payment_leads_to_the_sessions_that_are_serais() {
        String id = payments.open(purchase(500, "k1")).id();
        stripe.paid(id);
        String foreign = stripe.foreignSession(700).path("id").asText();
        stripe.paid(foreign);
        assertThat(payments.sessionsOf("pi_test_1")).containsExactly(id);
        assertThat(payments.sessionsOf("pi_test_2")).isEmpty();
        assertThat(payments.sessionsOf("pi_none")).isEmpty();
    }
}
