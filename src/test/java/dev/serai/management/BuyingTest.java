package dev.serai.management;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.management.ApiServer.Answer;
import dev.serai.testing.Await;
import dev.serai.testing.LogTap;
import dev.serai.testing.PaidModel;
import dev.serai.testing.RawServer;
import dev.serai.testing.StripeDouble;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Credits that are bought through Stripe, from the page to the books, over HTTP. */
@Timeout(60)
class BuyingTest {
    private static final String HOOK = "/webhooks/stripe";
    private static final String COMPLETED = "checkout.session.completed";
    private static final RawServer PROVIDER = RawServer.answering(RawServer.json(200, PaidModel.ANSWER));

    private static StripeDouble stripe;
    private static ApiServer api;

    @BeforeAll
    static void open(@TempDir Path home) throws Exception {
        stripe = new StripeDouble(Clock.systemUTC());
        api = ApiServer.start(ApiServer.setup(home)
                .with("SERAI_BOOTSTRAP_API_KEY", ApiServer.OPERATOR)
                .with("SERAI_CREDITS", "prepaid")
                .with("SERAI_STRIPE_SECRET_KEY", StripeDouble.KEY)
                .with("SERAI_STRIPE_WEBHOOK_SECRET", StripeDouble.WEBHOOK_SECRET)
                .with("SERAI_STRIPE_API_BASE", stripe.url())
                .withProviderFile("paid", PaidModel.file(PROVIDER.port())));
    }

    @AfterAll
    static void close() {
        api.close();
        stripe.close();
        PROVIDER.close();
    }

    private static String body(String amount) {
        return "{\"amount\":\"" + amount
                + "\",\"successUrl\":\"https://shop.example/done\",\"cancelUrl\":\"https://shop.example/left\"}";
    }

    /** An account of its own, as a parameter. */
    private static String account() throws Exception {
        return "?account=" + api.post("/api/accounts", "{\"name\":\"Buyers\"}").id();
    }

    private static String session(String in, String amount) throws Exception {
        Answer made = api.post("/api/credits/checkout-session" + in, body(amount));
        assertThat(made.status()).as("%s", made).isEqualTo(201);
        return made.id();
    }

    private static Answer tell(String event) throws Exception {
        return api.send(null, "POST", HOOK, event, "Stripe-Signature", stripe.signature(event));
    }

    private static int tell(String type, ObjectNode object) throws Exception {
        return tell(stripe.event(type, object)).status();
    }

    private static String balance(String in) throws Exception {
        return api.get("/api/credits/balance" + in).json().path("balance").asText();
    }

    /** Kinds and amounts, the oldest first. */
    private static List<String> transactions(String in) throws Exception {
        List<String> all = new ArrayList<>(StreamSupport.stream(
                        api.get("/api/credits/transactions" + in)
                                .json()
                                .path("items")
                                .spliterator(),
                        false)
                .map(item ->
                        item.path("kind").asText() + " " + item.path("amount").asText())
                .toList());
        java.util.Collections.reverse(all);
        return all;
    }

    private static int ask() {
        try {
            return api.serai()
                    .post(
                            "/v1/chat/completions",
                            "{\"model\":\"paid:m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}")
                    .status();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void what_is_paid_can_be_spent() throws Exception {
        assertThat(ask()).isEqualTo(402);
        Answer made = api.post("/api/credits/checkout-session", body("25.50"));
        assertThat(made.status()).as("%s", made).isEqualTo(201);
        assertThat(made.json().path("amount").asText()).isEqualTo("25.5");
        assertThat(made.json().path("accountId").asText()).isEqualTo("default");
        assertThat(made.json().path("url").asText()).isEqualTo("https://checkout.stripe.com/c/pay/" + made.id());
        assertThat(Instant.parse(made.json().path("expiresAt").asText())).isAfter(Instant.now());
        assertThat(balance("")).as("nobody has paid yet").isEqualTo("0");
        assertThat(ask()).isEqualTo(402);

        Answer told = tell(stripe.event(COMPLETED, stripe.paid(made.id())));
        assertThat(told.status()).as("%s", told).isEqualTo(200);
        assertThat(told.text()).isEqualTo("{\"received\":true}");
        assertThat(balance("")).isEqualTo("25.5");
        JsonNode purchase = api.get("/api/credits/transactions").json().at("/items/0");
        assertThat(purchase.path("kind").asText()).isEqualTo("purchase");
        assertThat(purchase.path("amount").asText()).isEqualTo("25.5");
        assertThat(purchase.path("externalId").asText()).isEqualTo(made.id());
        assertThat(purchase.path("actor").asText()).isEqualTo("system:stripe");
        Instant expiry = Instant.parse(
                api.get("/api/credits/balance").json().at("/lots/0/expiresAt").asText());
        assertThat(Duration.between(Instant.now(), expiry)
                        .truncatedTo(ChronoUnit.DAYS)
                        .toDays())
                .as("a year")
                .isIn(364L, 365L);
        assertThat(api.get("/api/audit").text()).contains(made.id());
        Await.within(2_000, "who was refused a moment ago is served", () -> ask() == 200);
        assertThat(balance("")).isEqualTo("25.499694");
    }

    @Test
    void an_admin_buys_for_the_account_of_the_key_and_a_reader_does_not() throws Exception {
        String in = account();
        String admin = api.post("/api/api-keys" + in, "{\"name\":\"a\",\"role\":\"admin\"}")
                .json()
                .path("token")
                .asText();
        String reader = api.post("/api/api-keys" + in, "{\"name\":\"r\",\"role\":\"reader\"}")
                .json()
                .path("token")
                .asText();
        Answer made = api.as(admin, "POST", "/api/credits/checkout-session", body("5"));
        assertThat(made.status()).isEqualTo(201);
        assertThat("?account=" + made.json().path("accountId").asText()).isEqualTo(in);
        assertThat(api.as(admin, "POST", "/api/credits/checkout-session?account=default", body("5"))
                        .status())
                .isEqualTo(404);
        assertThat(api.as(reader, "POST", "/api/credits/checkout-session", body("5"))
                        .status())
                .isEqualTo(403);
        assertThat(tell(COMPLETED, stripe.paid(made.id()))).isEqualTo(200);
        assertThat(balance(in)).isEqualTo("5");
    }

    @Test
    void the_same_idempotency_key_opens_one_page() throws Exception {
        String in = account();
        String[] once = {"Idempotency-Key", "order-" + in};
        Answer first = api.post("/api/credits/checkout-session" + in, body("7"), once);
        assertThat(api.post("/api/credits/checkout-session" + in, body("7"), once)
                        .id())
                .isEqualTo(first.id());
        assertThat(api.post("/api/credits/checkout-session" + in, body("7")).id())
                .isNotEqualTo(first.id());
        Answer other = api.post("/api/credits/checkout-session" + in, body("8"), once);
        assertThat(other.status()).isEqualTo(409);
        assertThat(other.json().path("errorCode").asText()).isEqualTo("idempotency_key_reused");
        assertThat(api.post("/api/credits/checkout-session" + account(), body("8"), once)
                        .status())
                .as("of another account")
                .isEqualTo(201);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "\"amount\":\"5\"                    | \"amount\":\"0.99\"                   | amount must be from 1 to 10000 USD",
                "\"amount\":\"5\"                    | \"amount\":\"10000.01\"               | amount must be from 1 to 10000 USD",
                "\"amount\":\"5\"                    | \"amount\":\"5.001\"                  | amount must be in whole cents",
                "\"amount\":\"5\"                    | \"amount\":\"-5\"                     | amount must be from 1",
                "\"amount\":\"5\"                    | \"amount\":\"5 EUR\"                  | amount must be an amount of US dollars",
                "\"amount\":\"5\"                    | \"amount\":5                          | amount must be",
                "\"amount\":\"5\"                    | \"amount\":\"5\",\"currency\":\"eur\" | currency is no field here",
                "\"amount\":\"5\",                   | ``                                    | amount",
                "https://shop.example/done           | http://shop.example/done              | successUrl must be a URL that begins with https://",
                "https://shop.example/left           | javascript:alert(1)                   | cancelUrl must be a URL that begins with https://"
            })
    void a_purchase_that_makes_no_sense_is_refused_in_words(String before, String after, String problem)
            throws Exception {
        int asked = stripe.server().received().size();
        String sent = body("5").replace(before, after == null ? "" : after);
        assertThat(sent).isNotEqualTo(body("5"));
        Answer answer = api.post("/api/credits/checkout-session", sent);
        assertThat(answer.status()).as("%s", answer).isEqualTo(400);
        assertThat(answer.text()).contains(problem);
        assertThat(stripe.server().received()).as("nobody asked Stripe").hasSize(asked);
    }

    @Test
    void a_stripe_that_fails_is_told_without_its_words() throws Exception {
        stripe.refuseNext(500, "api_error", "boom");
        Answer broken = api.post("/api/credits/checkout-session", body("5"));
        assertThat(broken.status()).isEqualTo(502);
        assertThat(broken.text())
                .contains("payment_unavailable", "Try again later")
                .doesNotContain("says no");
        stripe.refuseNext(401, "invalid_request_error", "api_key_expired");
        Answer refused = api.post("/api/credits/checkout-session", body("5"));
        assertThat(refused.status()).isEqualTo(502);
        assertThat(refused.text()).contains("(api_key_expired)").doesNotContain("says no");
    }

    @Test
    void what_is_told_again_or_in_two_ways_is_given_once() throws Exception {
        String in = account();
        String session = session(in, "10");
        String event = stripe.event(COMPLETED, stripe.paid(session));
        List<Integer> answers = IntStream.range(0, 8)
                .parallel()
                .mapToObj(i -> {
                    try {
                        return tell(event).status();
                    } catch (Exception e) {
                        throw new AssertionError(e);
                    }
                })
                .toList();
        assertThat(answers).containsOnly(200);
        assertThat(tell(COMPLETED, stripe.paid(session))).isEqualTo(200);
        assertThat(tell("checkout.session.async_payment_succeeded", stripe.paid(session)))
                .isEqualTo(200);
        assertThat(transactions(in)).containsExactly("purchase 10");
    }

    @Test
    void money_that_is_on_its_way_is_no_credits_until_it_is_there() throws Exception {
        String in = account();
        String session = session(in, "10");
        ObjectNode unpaid = stripe.paid(session).deepCopy().put("payment_status", "unpaid");
        assertThat(tell(COMPLETED, unpaid)).isEqualTo(200);
        assertThat(tell("checkout.session.async_payment_failed", unpaid)).isEqualTo(200);
        assertThat(tell("checkout.session.expired", unpaid)).isEqualTo(200);
        assertThat(tell("customer.created", unpaid)).isEqualTo(200);
        assertThat(balance(in)).isEqualTo("0");
        assertThat(tell("checkout.session.async_payment_succeeded", stripe.paid(session)))
                .isEqualTo(200);
        assertThat(balance(in)).isEqualTo("10");
    }

    @Test
    void the_amount_is_what_stripe_states() throws Exception {
        String in = account();
        ObjectNode paid = stripe.paid(session(in, "10")).deepCopy().put("amount_total", 801);
        assertThat(tell(COMPLETED, paid)).isEqualTo(200);
        assertThat(balance(in)).isEqualTo("8.01");
        assertThat(tell(COMPLETED, paid.put("amount_total", 802)))
                .as("another amount for the same session")
                .isEqualTo(409);
        assertThat(balance(in)).isEqualTo("8.01");
    }

    @Test
    void what_does_not_fit_the_books_is_neither_given_nor_taken_for_done() throws Exception {
        String in = account();
        ObjectNode paid = stripe.paid(session(in, "10"));
        assertThat(tell(COMPLETED, paid.deepCopy().put("currency", "eur"))).isEqualTo(409);
        assertThat(tell(COMPLETED, paid.deepCopy().put("amount_total", 0))).isEqualTo(409);
        assertThat(tell(COMPLETED, paid.deepCopy().put("amount_total", Long.MAX_VALUE)))
                .isEqualTo(409);
        ObjectNode unknown = paid.deepCopy();
        ((ObjectNode) unknown.path("metadata")).put("serai_account", "acc_gone");
        Answer absent = tell(stripe.event(COMPLETED, unknown));
        assertThat(absent.status()).isEqualTo(409);
        assertThat(absent.text()).doesNotContain("acc_gone");
        ObjectNode broken = paid.deepCopy();
        broken.remove("amount_total");
        assertThat(tell(COMPLETED, broken)).isEqualTo(409);
        assertThat(transactions(in)).isEmpty();
        assertThat(tell(COMPLETED, paid)).as("and later it may fit").isEqualTo(200);
        assertThat(balance(in)).isEqualTo("10");
    }

    @Test
    void a_refund_takes_credits_back_and_one_that_fails_gives_them_again() throws Exception {
        String in = account();
        String session = session(in, "10");
        ObjectNode first = stripe.refund("re_1" + session, session, 400, "pending");
        ObjectNode paid = stripe.paid(session);
        assertThat(tell("refund.created", first)).as("before the purchase").isEqualTo(409);
        assertThat(tell(COMPLETED, paid)).isEqualTo(200);
        for (int i = 0; i < 2; i++) {
            assertThat(tell("refund.created", first)).isEqualTo(200);
            assertThat(tell("refund.updated", first.deepCopy().put("status", "succeeded")))
                    .isEqualTo(200);
        }
        assertThat(balance(in)).isEqualTo("6");
        ObjectNode second = stripe.refund("re_2" + session, session, 600, "failed");
        assertThat(tell("refund.failed", second)).as("told before it began").isEqualTo(200);
        assertThat(tell("refund.created", second.deepCopy().put("status", "pending")))
                .isEqualTo(200);
        assertThat(tell("refund.updated", second)).isEqualTo(200);
        assertThat(balance(in)).isEqualTo("6");
        assertThat(transactions(in)).containsExactly("purchase 10", "refund -4", "refund -6", "adjustment 6");
        assertThat(tell("refund.created", stripe.refund("re_3" + session, session, 1, "succeeded")))
                .as("more than was bought")
                .isEqualTo(409);
    }

    @Test
    void a_dispute_takes_what_was_spent_too_and_gives_it_again_when_it_is_won() throws Exception {
        String in = account();
        String session = session(in, "10");
        assertThat(tell(COMPLETED, stripe.paid(session))).isEqualTo(200);
        api.post("/api/credits/adjustments" + in, "{\"amount\":\"-7\",\"reason\":\"as if it were spent\"}");
        ObjectNode dispute = stripe.dispute("du_" + session, session, 1_000);
        assertThat(tell("charge.dispute.created", dispute)).isEqualTo(200);
        assertThat(balance(in)).isEqualTo("3");
        assertThat(tell("charge.dispute.funds_withdrawn", dispute)).isEqualTo(200);
        assertThat(balance(in)).as("it is owed").isEqualTo("-7");
        assertThat(tell("charge.dispute.funds_reinstated", dispute)).isEqualTo(200);
        assertThat(balance(in)).isEqualTo("3");
    }

    @Test
    void a_refund_of_something_else_that_is_sold_there_is_left_alone() throws Exception {
        String foreign = stripe.foreignSession(700).path("id").asText();
        assertThat(tell(COMPLETED, stripe.paid(foreign))).isEqualTo(200);
        assertThat(tell("refund.created", stripe.refund("re_f", foreign, 700, "succeeded")))
                .isEqualTo(200);
        assertThat(tell("refund.created", stripe.refund("re_n", "cs_none", 700, "succeeded")))
                .isEqualTo(200);
    }

    @Test
    void while_stripe_cannot_be_asked_a_refund_waits() throws Exception {
        String in = account();
        String session = session(in, "10");
        assertThat(tell(COMPLETED, stripe.paid(session))).isEqualTo(200);
        stripe.refuseNext(500, "api_error", "boom");
        ObjectNode refund = stripe.refund("re_" + session, session, 1_000, "succeeded");
        assertThat(tell("refund.created", refund)).isEqualTo(503);
        assertThat(balance(in)).isEqualTo("10");
        assertThat(tell("refund.created", refund)).isEqualTo(200);
        assertThat(balance(in)).isEqualTo("0");
    }

    @Test
    void nobody_but_stripe_is_believed_whatever_key_he_has() throws Exception {
        String in = account();
        String event = stripe.event(COMPLETED, stripe.paid(session(in, "10")));
        long now = Instant.now().getEpochSecond();
        String reader = api.post("/api/api-keys", "{\"name\":\"r\",\"role\":\"reader\"}")
                .json()
                .path("token")
                .asText();
        List<String> signatures = List.of(
                "",
                "t",
                "t=" + now + ",v1=" + "0".repeat(64),
                StripeDouble.signature("whsec_anotherSecret", now, event),
                StripeDouble.signature(StripeDouble.WEBHOOK_SECRET, now - 301, event),
                StripeDouble.signature(StripeDouble.WEBHOOK_SECRET, now, event + " "));
        for (String key : new String[] {null, reader, ApiServer.OPERATOR, dev.serai.RunningSerai.KEY}) {
            assertThat(api.send(key, "POST", HOOK, event).status()).isEqualTo(400);
            for (String signature : signatures) {
                Answer answer = api.send(key, "POST", HOOK, event, "Stripe-Signature", signature);
                assertThat(answer.status()).as(signature).isEqualTo(400);
                assertThat(answer.text()).contains("invalid_request").doesNotContain("whsec");
            }
        }
        assertThat(api.send(
                                null,
                                "POST",
                                HOOK,
                                event,
                                "Stripe-Signature",
                                stripe.signature(event),
                                "Stripe-Signature",
                                stripe.signature(event))
                        .status())
                .as("twice")
                .isEqualTo(400);
        assertThat(balance(in)).isEqualTo("0");
        assertThat(tell(event).status()).isEqualTo(200);
    }

    @Test
    void strangers_do_not_fill_the_log() throws Exception {
        try (LogTap log = new LogTap(StripeHook.class.getName())) {
            for (int i = 0; i < 20; i++) {
                api.send(null, "POST", HOOK, "{}", "Stripe-Signature", "t=1,v1=00");
            }
            assertThat(log.take()).hasSizeLessThanOrEqualTo(1);
        }
    }

    @Test
    void the_web_hook_takes_small_json_by_post_and_nothing_else() throws Exception {
        String large = "{\"id\":\"" + "x".repeat(1 << 20) + "\"}";
        assertThat(api.send(null, "POST", HOOK, large, "Stripe-Signature", stripe.signature(large))
                        .status())
                .isEqualTo(413);
        for (String method : List.of("GET", "PUT", "DELETE")) {
            assertThat(api.send(null, method, HOOK, null).status()).as(method).isIn(404, 405);
        }
        for (String type : List.of("multipart/form-data; boundary=x", "application/x-www-form-urlencoded")) {
            String form = "--x\r\nContent-Disposition: form-data; name=\"f\"; filename=\"f\"\r\n\r\nhello\r\n--x--\r\n";
            assertThat(api.send(null, "POST", HOOK, form, "Content-Type", type).status())
                    .as(type)
                    .isEqualTo(415);
        }
        assertThat(api.send(null, "POST", "/webhooks/other", "{}").status()).isEqualTo(404);
        assertThat(api.get("/api/openapi.json").text().toLowerCase(Locale.ROOT))
                .as("it is none of the management API's calls")
                .doesNotContain("/webhooks");
    }
}
