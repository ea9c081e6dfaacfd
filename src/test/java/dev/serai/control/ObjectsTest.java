package dev.serai.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.access.KeyHash;
import dev.serai.access.Scope;
import java.math.BigDecimal;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the records refuse. */
class ObjectsTest {
    private static final Stamp STAMP = Stamp.first(Instant.EPOCH);
    private static final KeyHash HASH = KeyHash.ofHex("00".repeat(32));

    private static void refused(String because, Runnable making) {
        assertThatThrownBy(making::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(because);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a b",
                "a/b",
                "../a",
                "a%",
                "a'",
                "а", // Cyrillic
                "ａ", // wide
                "a\u0000",
                "a\n",
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
            })
    void an_id_has_64_plain_characters_at_most(String id) {
        refused("1 to 64 characters", () -> new Account(id, "name", STAMP));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "a\u0000b", "a\nb", "a\u001b[31m", "half \ud83d"})
    void a_name_is_one_line_of_whole_characters(String name) {
        refused("name", () -> new Account("id", name, STAMP));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "1000.1", "0.0000001", "1e9"})
    void a_fee_is_an_amount_of_dollars_with_six_decimals(String fee) {
        refused("feePerMillionTokens", () -> new AccountPricing(new BigDecimal(fee), null, Map.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-0.1", "101", "0.0000001"})
    void a_mark_up_is_a_share(String markup) {
        refused("markup", () -> new AccountPricing(null, new BigDecimal(markup), Map.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt-5", ":gpt-5", "openai:", "OpenAI:gpt-5", "openai:gpt\n5"})
    void an_agreed_price_names_a_provider_and_a_model(String model) {
        refused("prices", () -> new AccountPricing(null, null, Map.of(model, "\"free\"")));
    }

    @Test
    void an_amount_is_the_same_however_it_is_written() {
        assertThat(new AccountPricing(new BigDecimal("0.050"), null, Map.of()))
                .isEqualTo(new AccountPricing(new BigDecimal("5e-2"), null, Map.of()));
    }

    @Test
    void texts_have_an_end() {
        refused("name has 201 characters; 200 are allowed", () -> new Account("id", "x".repeat(201), STAMP));
        refused("description has 2001 characters", () -> key("x".repeat(2_001), Map.of()));
        refused("metadata.a has 501 characters", () -> key("", Map.of("a", "x".repeat(501))));
        refused("metadata has an entry without a name", () -> key("", Map.of(" ", "x")));
        Map<String, String> many = new java.util.HashMap<>();
        for (int i = 0; i < 51; i++) {
            many.put("name" + i, "x");
        }
        refused("metadata has 51 entries; 50 are allowed", () -> key("", many));
    }

    private static StoredAccessKey key(String description, Map<String, String> metadata) {
        return new StoredAccessKey(
                "id", "default", "name", description, metadata, null, HASH, null, null, Limits.NONE, STAMP);
    }

    @Test
    void an_operator_has_no_account_and_everybody_else_has_one() {
        refused("operator's key has no account", () -> apiKey("default", Role.OPERATOR));
        refused("operator's key has no account", () -> apiKey(null, Role.READER));
    }

    private static ApiKey apiKey(@Nullable String account, Role role) {
        return new ApiKey("id", account, role, "name", "", HASH, null, null, STAMP);
    }

    @ParameterizedTest
    @EnumSource
    void a_role_is_known_by_its_label(Role role) {
        assertThat(Role.of(role.label())).isEqualTo(role);
        refused("must be operator, admin or reader", () -> Role.of(role.name()));
    }

    @Test
    void limits_and_clocks_are_none_or_something() {
        refused("tokensPerMinute must be 1 or more", () -> new Limits(null, 0L, null, null, null, null, null));
        refused("total must be a time", () -> new Timeouts(null, null, Duration.ZERO, null, null));
        refused("connect must be a time", () -> new Timeouts(Duration.ofHours(25), null, null, null, null));
        refused("rescue must be", () -> new FailoverOverrides(Map.of(), null, "always", null));
    }

    @Test
    void a_rule_says_whose_credentials_to_try() {
        refused("steps must have one", () -> new RoutingRule("openai", null, List.of()));
        refused("keys must name a key", () -> new Step.User(List.of()));
        refused("keys names something twice", () -> new Step.User(List.of("pk_1", "pk_1")));
        refused(
                "steps names something twice",
                () -> new RoutingRule("openai", null, List.of(new Step.Managed(), new Step.Managed())));
        refused("model must not be blank", () -> new RoutingRule("openai", "", List.of(new Step.Managed())));
    }

    @Test
    void a_model_of_a_provider_has_one_rule_whatever_its_case() {
        RoutingRule one = new RoutingRule("openai", "gpt-5", List.of(new Step.Managed()));
        RoutingRule other = new RoutingRule("openai", "GPT-5", List.of(new Step.User(List.of("pk_1"))));
        refused("router.rules names something twice", () -> configuration(Scope.ALL, List.of(one, other)));
        assertThat(configuration(Scope.of(List.of("groq"), List.of("workshop:a", "plain")), List.of(other))
                        .providers())
                .containsExactly("openai", "groq", "workshop");
    }

    @Test
    void a_scope_has_an_end_and_no_blank_entries() {
        refused("blank", () -> configuration(Scope.of(null, List.of(" ")), List.of()));
        refused("1001 entries", () -> configuration(Scope.of(null, Collections.nCopies(1_001, "a")), List.of()));
        refused("access.providers.allow", () -> configuration(Scope.of(List.of("Open AI"), null), List.of()));
    }

    private static KeyConfiguration configuration(Scope scope, List<RoutingRule> rules) {
        return new KeyConfiguration(
                "id",
                "default",
                "name",
                "",
                scope,
                rules,
                Limits.NONE,
                Timeouts.NONE,
                FailoverOverrides.NONE,
                null,
                STAMP);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://a.example",
                "file:///etc/passwd",
                "https:a",
                "//a.example",
                "https://u:p@a.example",
                "https://a.example?x=y",
                "https://a.example#x"
            })
    void a_custom_provider_has_a_plain_url(String url) {
        refused("baseUrl must", () -> provider(url, Map.of(), List.of("openai-chat")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Authorization", "x-api-key", "COOKIE", "Host", "a b", "a\r\nb", "a:b", "Transfer-Encoding"})
    void a_fixed_header_is_neither_a_credential_nor_the_connections(String header) {
        refused("header", () -> provider("https://a.example", Map.of(header, "x"), List.of("openai-chat")));
    }

    @Test
    void the_value_of_a_header_is_one_line() {
        refused(
                "headers.X-A",
                () -> provider("https://a.example", Map.of("X-A", "a\r\nSet-Cookie: b"), List.of("openai-chat")));
        refused("supportedApiSurfaces", () -> provider("https://a.example", Map.of(), List.of()));
    }

    private static CustomProvider provider(String url, Map<String, String> headers, List<String> surfaces) {
        return new CustomProvider(
                "id",
                "default",
                "workshop",
                "name",
                URI.create(url),
                surfaces,
                null,
                List.of(),
                headers,
                Map.of(),
                STAMP);
    }

    @Test
    void a_provider_key_shows_its_redacted_form_or_where_it_lies() {
        refused("reference has the form", () -> new ProviderKeyValue.Reference("sk-a-real-key"));
        SealedValue sealed = new SealedValue("mk_1", "a", "b", "c");
        assertThat(providerKey(new ProviderKeyValue.Kept(sealed, "sk-a***xyz")).shown())
                .isEqualTo("sk-a***xyz");
        assertThat(providerKey(new ProviderKeyValue.Reference("{{env:KEY}}")).shown())
                .isEqualTo("{{env:KEY}}");
    }

    private static ProviderKey providerKey(ProviderKeyValue value) {
        return new ProviderKey("id", "default", "openai", "name", "", value, STAMP);
    }

    @Test
    void ids_say_what_kind_of_thing_they_name_and_are_valid() {
        for (ObjectId kind : ObjectId.values()) {
            String id = kind.generate(new SecureRandom());
            assertThat(new Account(id, "name", STAMP).id()).matches("[a-z]+_[0-9A-Za-z]{20}");
        }
    }
}
