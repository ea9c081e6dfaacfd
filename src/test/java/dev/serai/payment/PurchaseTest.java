package dev.serai.payment;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PurchaseTest {
    private static final String HOME = "https://shop.example/credits";

    @ParameterizedTest
    @CsvSource({"99, false", "100, true", "1000000, true", "1000001, false", "0, false", "-100, false"})
    void an_amount_has_a_least_and_a_most(long cents, boolean isFine) {
        if (isFine) {
            assertThatCode(() -> new Purchase("a", cents, HOME, HOME, "k")).doesNotThrowAnyException();
        } else {
            assertThatThrownBy(() -> new Purchase("a", cents, HOME, HOME, "k"))
                    .hasMessage("amount must be from 1 to 10000 USD");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                HOME,
                "HTTPS://shop.example",
                "https://shop.example:8443/done?session={CHECKOUT_SESSION_ID}#top",
                "http://localhost:3000/done",
                "http://127.0.0.1/done",
                "http://[::1]:3000/done"
            })
    void a_buyer_may_come_back_to_a_website(String url) {
        assertThatCode(() -> new Purchase("a", 500, url, url, "k")).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "shop.example",
                "/done",
                "//shop.example/done",
                "http://shop.example/done",
                "http://localhost.shop.example/done",
                "https://localhost@shop.example/done",
                "javascript:alert(1)",
                "data:text/html,hello",
                "ftp://shop.example/done",
                "file:///etc/passwd",
                "https:///done",
                "https://shop.example/{OTHER}",
                "https://shop.example/a b",
                "https://shop.example/\r\nSet-Cookie: a=b"
            })
    void and_nowhere_else(String url) {
        assertThatThrownBy(() -> new Purchase("a", 500, url, HOME, "k"))
                .hasMessageStartingWith("successUrl must be a URL");
        assertThatThrownBy(() -> new Purchase("a", 500, HOME, url, "k"))
                .hasMessageStartingWith("cancelUrl must be a URL");
    }

    @ParameterizedTest
    @CsvSource({"1979, true", "1980, false"})
    void a_url_has_a_longest_length(int more, boolean isFine) {
        String url = "https://shop.example/" + "x".repeat(more);
        if (isFine) {
            assertThatCode(() -> new Purchase("a", 500, url, HOME, "k")).doesNotThrowAnyException();
        } else {
            assertThatThrownBy(() -> new Purchase("a", 500, url, HOME, "k")).hasMessageContaining("at most 2000");
        }
    }
}
