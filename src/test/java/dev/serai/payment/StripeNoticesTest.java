package dev.serai.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.access.Secret;
import dev.serai.testing.MovableClock;
import dev.serai.testing.StripeDouble;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether Stripe said it, and what. */
class StripeNoticesTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final long SECONDS = NOON.getEpochSecond();
    private static final String BODY = "{\"id\": \"evt_1\", \"type\": \"ping\",\n \"note\": \"ü\"}";

    private final MovableClock clock = new MovableClock(NOON);
    private final StripeNotices notices = new StripeNotices(new Secret(StripeDouble.WEBHOOK_SECRET), clock);

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String good() {
        return StripeDouble.signature(StripeDouble.WEBHOOK_SECRET, SECONDS, BODY);
    }

    @Test
    void the_signature_is_good_for_five_minutes() {
        assertThat(notices.isSigned(bytes(BODY), good())).isTrue();
        clock.pass(Duration.ofMinutes(5));
        assertThat(notices.isSigned(bytes(BODY), good())).isTrue();
        clock.pass(Duration.ofSeconds(1));
        assertThat(notices.isSigned(bytes(BODY), good())).isFalse();
    }

    @Test
    void one_good_signature_of_several_is_enough_so_that_the_secret_can_be_exchanged() {
        String other = StripeDouble.signature("whsec_anotherOne", SECONDS, BODY).split(",", -1)[1];
        assertThat(notices.isSigned(bytes(BODY), "t=" + SECONDS + "," + other + "," + good().split(",", -1)[1]))
                .isTrue();
    }

    @Test
    void every_byte_is_signed() {
        for (String changed : new String[] {BODY + " ", BODY.replace("\n", ""), BODY.replace("ü", "u"), ""}) {
            assertThat(notices.isSigned(bytes(changed), good())).as(changed).isFalse();
        }
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "t=,v1=",
                "t=1,v1=",
                "garbage",
                "v1=00",
                "t=99999999999999999999,v1=00",
                "t=x,v1=00",
                "t=-1,v1=00",
                "t=1764000000",
                ",,,===",
                "t"
            })
    void a_header_of_another_form_is_no_signature(String header) {
        assertThat(notices.isSigned(bytes(BODY), header)).isFalse();
    }

    @Test
    void what_another_secret_or_an_old_scheme_signed_is_not_signed() {
        assertThat(notices.isSigned(bytes(BODY), StripeDouble.signature("whsec_anotherOne", SECONDS, BODY)))
                .isFalse();
        assertThat(notices.isSigned(bytes(BODY), good().replace("v0=", "v2=").replace("v1=", "v0=")))
                .isFalse();
        assertThat(notices.isSigned(bytes(BODY), good().replace("t=" + SECONDS, "t=" + (SECONDS + 1))))
                .isFalse();
    }

    private static final String SESSION =
            "{'id':'cs_1','mode':'payment','payment_status':'paid','amount_total':2550,'currency':'usd',"
                    + "'metadata':{'serai_account':'acc_1'}}";
    private static final String REFUND =
            "{'id':'re_1','amount':50,'currency':'usd','payment_intent':'pi_1','status':'succeeded'}";
    private static final String PAID = "Paid[eventId=evt_1, sessionId=cs_1, accountId=acc_1, cents=2550, currency=usd]";
    private static final String REVERSAL =
            "Reversal[eventId=evt_1, id=re_1, kind=%s, paymentIntent=pi_1, cents=50, currency=usd, isUndone=%s]";

    private static StripeNotice read(String type, String object) {
        return StripeNotices.read(bytes("{'id':'evt_1','type':'%s','data':{'object':%s}}"
                .formatted(type, object)
                .replace('\'', '"')));
    }

    @Test
    void what_is_paid_refunded_or_disputed_matters() {
        assertThat(read("checkout.session.completed", SESSION)).hasToString(PAID);
        assertThat(read("checkout.session.async_payment_succeeded", SESSION)).hasToString(PAID);
        for (String type : new String[] {"refund.created", "refund.updated", "refund.failed"}) {
            assertThat(read(type, REFUND)).hasToString(REVERSAL.formatted("refund", "false"));
            assertThat(read(type, REFUND.replace("succeeded", "pending")))
                    .hasToString(REVERSAL.formatted("refund", "false"));
            for (String undone : new String[] {"failed", "canceled"}) {
                assertThat(read(type, REFUND.replace("succeeded", undone)))
                        .hasToString(REVERSAL.formatted("refund", "true"));
            }
        }
        assertThat(read("charge.dispute.funds_withdrawn", REFUND)).hasToString(REVERSAL.formatted("dispute", "false"));
        assertThat(read("charge.dispute.funds_reinstated", REFUND)).hasToString(REVERSAL.formatted("dispute", "true"));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "checkout.session.completed, 'payment_status':'paid', 'payment_status':'unpaid'",
                "checkout.session.completed, 'payment_status':'paid', 'payment_status':'no_payment_required'",
                "checkout.session.completed, 'mode':'payment', 'mode':'subscription'",
                "checkout.session.completed, 'serai_account', 'another_shop'",
                "checkout.session.completed, 'acc_1', null",
                "checkout.session.expired, x, x",
                "checkout.session.async_payment_failed, x, x",
                "payment_intent.succeeded, x, x",
                "charge.refunded, x, x",
                "something.new, x, x"
            })
    void anything_else_is_nothing_to_do(String type, String before, String after) {
        String object = SESSION.replace(before, after);
        assertThat(read(type, object)).isEqualTo(new StripeNotice.Irrelevant("evt_1", type));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "'id':'cs_1', 'id':7",
                "2550, 25.50",
                "2550, '2550'",
                "2550, -1",
                "2550, 99999999999999999999",
                "'currency':'usd', 'currency':null"
            })
    void a_payment_that_is_not_told_as_published_is_an_error_and_not_passed_over(String before, String after) {
        String object = SESSION.replace(before, after);
        assertThat(object).isNotEqualTo(SESSION);
        assertThatThrownBy(() -> read("checkout.session.completed", object))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("the event has no ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "null", "[]", "{}", "{\"id\":\"evt_1\"}", "{\"type\":\"a\"}"})
    void what_is_no_event_is_an_error(String body) {
        assertThatThrownBy(() -> StripeNotices.read(bytes(body))).isInstanceOf(IllegalArgumentException.class);
    }
}
