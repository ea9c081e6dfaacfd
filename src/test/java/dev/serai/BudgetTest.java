package dev.serai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.testing.Await;
import dev.serai.testing.FreePort;
import dev.serai.testing.PaidModel;
import dev.serai.testing.RawClient;
import dev.serai.testing.RawServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Access keys with budgets, from the request to the sums of days. The model costs USD 1 a million input tokens and 10 a million output tokens;
 * the fee is USD 0.05 a million. An answer costs 0.000306, and a request with {@link #SHORT} is held for at least 0.0002.
 */
@Timeout(60)
class BudgetTest {
    private static final String LIMITED = "sk-limited-limited-limited-limited-0000";
    private static final String SHORT = ",\"max_tokens\":20";

    @TempDir
    Path home;

    private volatile int status = 200;
    private final RawServer provider = RawServer.start(connection -> {
        while (connection.hasRequest()) {
            connection.write(status == 200 ? RawServer.json(200, PaidModel.ANSWER) : RawServer.json(status, "{}"));
        }
    });
    private RunningSerai serai;
    private String port = "";

    private void start(String limits, String... settings) throws Exception {
        port = Integer.toString(FreePort.find());
        serai = RunningSerai.in(home)
                .with("CAMEL_MANAGEMENT_ENABLED", "true")
                .with("SERAI_ADMIN_PORT", port)
                .withAll(settings)
                .withProviderFile("paid", PaidModel.file(provider.port()))
                .withAccessKey(LIMITED, "{}", limits)
                .start();
    }

    private void restart() throws Exception {
        serai.close();
        serai = RunningSerai.in(home)
                .with("CAMEL_MANAGEMENT_ENABLED", "true")
                .with("SERAI_ADMIN_PORT", port)
                .start();
    }

    @AfterEach
    void stop() throws Exception {
        if (serai != null) {
            serai.close();
        }
        provider.close();
    }

    private RawClient.Response ask(String model, String more) throws IOException {
        return serai.postAs(
                LIMITED,
                "/v1/chat/completions",
                "{\"model\":\"paid:" + model + "\",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]" + more
                        + "}");
    }

    private boolean isRefused() {
        try {
            return ask("m", SHORT).body().contains("$0.000088 are left");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void a_key_spends_its_budget_and_is_refused_then() throws Exception {
        start("{budgetPerDay: \"0.0007\"}");
        assertThat(ask("m", SHORT).status()).isEqualTo(200);
        assertThat(ask("m", SHORT).status()).isEqualTo(200);
        Await.until("what the last answer cost is known, which is when it has been sent", this::isRefused);
        RawClient.Response refused = ask("m", SHORT);
        assertThat(refused.body())
                .contains("\"code\":\"budget_exceeded\"")
                .contains("This access key may spend $0.0007 a day (budgetPerDay). $0.000088 are left")
                .contains("T00:00:00Z");
        assertThat(serai.post("/v1/chat/completions", "{\"model\":\"paid:m\",\"messages\":[]}")
                        .status())
                .as("another key")
                .isEqualTo(200);
    }

    @Test
    void what_a_request_may_cost_is_reckoned_before_it_is_sent() throws Exception {
        start("{budgetPerMonth: \"0.01\"}");
        assertThat(ask("m", "").body())
                .contains("(budgetPerMonth). $0.01 are left, and this request may cost up to $0.041");
        assertThat(ask("m", SHORT).status()).isEqualTo(200);
        assertThat(provider.received()).hasSize(1);
    }

    @Test
    void what_was_spent_outlives_a_restart() throws Exception {
        start("{budgetPerDay: \"0.0004\"}");
        assertThat(ask("m", SHORT).status()).isEqualTo(200);
        restart();
        assertThat(ask("m", SHORT).body()).contains("budget_exceeded").contains("$0.000094 are left");
    }

    @Test
    void a_model_that_nobody_knows_the_price_of_cannot_be_held_to_a_budget() throws Exception {
        start("{budgetPerDay: \"1\"}");
        assertThat(ask("nobody-knows", SHORT).body()).contains("price_unknown");
    }

    @Test
    void a_failure_spends_nothing() throws Exception {
        start("{budgetPerDay: \"0.0007\"}");
        status = 400;
        for (int i = 0; i < 5; i++) {
            assertThat(ask("m", SHORT).status()).isEqualTo(400);
        }
        status = 200;
        assertThat(ask("m", SHORT).status()).isEqualTo(200);
    }

    @Test
    void where_nothing_is_counted_a_budget_cannot_be_kept_and_its_key_is_refused() throws Exception {
        start("{budgetPerDay: \"1\"}", "SERAI_CREDITS", "off");
        assertThat(ask("m", SHORT).status()).isEqualTo(402);
        assertThat(ask("m", SHORT).body())
                .contains("this gateway counts nothing")
                .contains("serai.credits");
    }

    @Test
    void who_cannot_pay_uses_up_no_budget() throws Exception {
        start("{budgetPerDay: \"0.0003\"}", "SERAI_CREDITS", "prepaid");
        for (int i = 0; i < 5; i++) {
            assertThat(ask("m", SHORT).body()).contains("insufficient_credits");
        }
    }
}
