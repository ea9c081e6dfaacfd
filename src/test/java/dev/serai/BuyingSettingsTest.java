package dev.serai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.testing.StripeDouble;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** Settings with which credits are sold: half of them is worse than none, because anybody could say that he has paid. */
@Timeout(60)
class BuyingSettingsTest {
    private static final String KEY = "SERAI_STRIPE_SECRET_KEY";
    private static final String HOOK = "SERAI_STRIPE_WEBHOOK_SECRET";

    @TempDir
    Path home;

    private String said = "";

    private int run(Map<String, String> more, String... command) {
        Map<String, String> environment = new HashMap<>(more);
        environment.put("SERAI_HOME", home.resolve("data").toString());
        environment.put("SERAI_SECRET_FOLDERS", home.toString());
        environment.put("SERAI_PORT", "0");
        CommandLine line =
                Serai.commandLine(environment, Clock.systemUTC(), List.of(), new ByteArrayInputStream(new byte[0]));
        StringWriter err = new StringWriter();
        line.setErr(new PrintWriter(err));
        int code = line.execute(command);
        said = err.toString();
        return code;
    }

    private String value(String text) {
        return text == null
                ? ""
                : text.replace("KEY!", StripeDouble.KEY)
                        .replace("HOOK!", StripeDouble.WEBHOOK_SECRET)
                        .replace("HOME!", home.toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            ignoreLeadingAndTrailingWhitespace = true,
            value = {
                "KEY!               | ``                   | serai.stripe-webhook-secret: is empty, and serai.stripe-secret-key is set",
                "``                 | HOOK!                | serai.stripe-secret-key: is empty, and serai.stripe-webhook-secret is set",
                "KEY!               | `   `                | serai.stripe-webhook-secret: is blank",
                "`  `               | HOOK!                | serai.stripe-secret-key: is blank",
                "pk_test_0123456789 | HOOK!                | serai.stripe-secret-key: is a publishable key",
                "HOOK!              | HOOK!                | serai.stripe-secret-key: is no secret key of Stripe's",
                "canaryOfMine       | HOOK!                | serai.stripe-secret-key: is no secret key of Stripe's",
                "sk_                | HOOK!                | serai.stripe-secret-key: is no secret key of Stripe's",
                "KEY!               | KEY!                 | serai.stripe-webhook-secret: is no signing secret of a web-hook",
                "KEY!               | {{env:NOT_SET}}      | serai.stripe-webhook-secret: cannot be had: NOT_SET is not set",
                "KEY!               | {{file:HOME!/absent}} | serai.stripe-webhook-secret: cannot be had",
                "{{aws:stripe}}     | HOOK!                | serai.stripe-secret-key: must be the secret itself, {{env:NAME}} or",
                "{{env:SERAI_PEPPER}} | HOOK!              | serai.stripe-secret-key: cannot be had"
            })
    void a_start_without_both_secrets_is_refused(String key, String hook, String problem) {
        for (String[] command : new String[][] {{"check"}, {}}) {
            int code = run(Map.of(KEY, value(key), HOOK, value(hook)), command);
            assertThat(said).contains("the configuration is refused:\n").contains(problem);
            assertThat(said).contains("(also set by SERAI_STRIPE_").doesNotContain("canary", "0123456789");
            assertThat(code).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "http://stripe.example, serai.stripe-api-base: must be a URL that begins with https://",
        "stripe, serai.stripe-api-base: must be a URL"
    })
    void keys_are_sent_to_nobody_in_the_clear(String base, String problem) {
        assertThat(run(
                        Map.of(KEY, StripeDouble.KEY, HOOK, StripeDouble.WEBHOOK_SECRET, "SERAI_STRIPE_API_BASE", base),
                        "check"))
                .isEqualTo(2);
        assertThat(said).contains(problem);
    }

    @org.junit.jupiter.api.Test
    void selling_takes_the_admin_port() {
        assertThat(run(
                        Map.of(
                                KEY,
                                StripeDouble.KEY,
                                HOOK,
                                StripeDouble.WEBHOOK_SECRET,
                                "CAMEL_MANAGEMENT_ENABLED",
                                "false"),
                        "check"))
                .isEqualTo(2);
        assertThat(said).contains("serai.stripe-secret-key: needs the admin port");
    }

    @ParameterizedTest
    @CsvSource({"KEY!, HOOK!", "rk_live_canary0123, HOOK!", "{{env:MINE}}, {{file:HOME!/hook}}", "'',''"})
    void both_together_or_none_are_right(String key, String hook) throws Exception {
        Files.writeString(home.resolve("hook"), StripeDouble.WEBHOOK_SECRET + "\n");
        assertThat(run(Map.of(KEY, value(key), HOOK, value(hook), "MINE", StripeDouble.KEY), "check"))
                .as(said)
                .isZero();
    }
}
