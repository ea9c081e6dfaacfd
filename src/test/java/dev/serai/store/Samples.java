package dev.serai.store;

import dev.serai.access.KeyHash;
import dev.serai.access.Scope;
import dev.serai.access.Secret;
import dev.serai.control.Account;
import dev.serai.control.AccountPricing;
import dev.serai.control.Actor;
import dev.serai.control.ApiKey;
import dev.serai.control.CustomProvider;
import dev.serai.control.FailoverOverrides;
import dev.serai.control.GatewayConfig;
import dev.serai.control.KeyConfiguration;
import dev.serai.control.Limits;
import dev.serai.control.ProviderKey;
import dev.serai.control.ProviderKeyValue;
import dev.serai.control.Role;
import dev.serai.control.RoutingRule;
import dev.serai.control.Stamp;
import dev.serai.control.Step;
import dev.serai.control.StoredAccessKey;
import dev.serai.control.Timeouts;
import dev.serai.secrets.MasterKey;
import dev.serai.secrets.MasterKeys;
import dev.serai.secrets.Owner;
import dev.serai.secrets.Redaction;
import dev.serai.secrets.Vault;
import java.math.BigDecimal;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Objects to keep in a store, each with something in every field. */
final class Samples {
    static final Instant NOW = Instant.parse("2026-11-22T12:00:00.123456Z");
    static final Stamp STAMP = Stamp.first(NOW);
    static final Actor TESTER = new Actor(Actor.Kind.COMMAND, "test");
    static final SecureRandom RANDOM = new SecureRandom();
    static final String ACCOUNT = "default";
    static final String OTHER = "other";
    static final MasterKey MASTER = MasterKey.generate(RANDOM);
    static final Vault VAULT = vault(MASTER);

    private Samples() {}

    static Vault vault(MasterKey... newestFirst) {
        return new Vault(new MasterKeys(List.of(newestFirst)), RANDOM);
    }

    static Account account(String id) {
        AccountPricing pricing = new AccountPricing(
                new BigDecimal("0.02"),
                new BigDecimal("0.15"),
                Map.of(
                        "openai:gpt-5.4",
                        "{\"input\":2,\"output\":12.5,\"above\":{\"1000\":{\"input\":4}}}",
                        "a:b:c",
                        "\"free\""));
        return new Account(id, "the account " + id, id.equals(OTHER) ? pricing : AccountPricing.NONE, STAMP);
    }

    static StoredAccessKey accessKey(String account, String id, String configuration) {
        byte[] hash = new byte[32];
        RANDOM.nextBytes(hash);
        return new StoredAccessKey(
                id,
                account,
                "the chat on the website",
                "for visitors\nof all pages",
                Map.of("team", "web", "größe", "groß 🐪"),
                configuration,
                KeyHash.ofHex(java.util.HexFormat.of().formatHex(hash)),
                NOW.plusSeconds(3_600),
                null,
                new Limits(60L, 100_000L, 5L, 200_000L, 4_096L, new BigDecimal("12.5"), new BigDecimal(300)),
                STAMP);
    }

    static ApiKey apiKey(String account, String id, Role role) {
        byte[] hash = new byte[32];
        RANDOM.nextBytes(hash);
        return new ApiKey(
                id,
                account,
                role,
                "a key for " + role.label(),
                "",
                KeyHash.ofHex(java.util.HexFormat.of().formatHex(hash)),
                null,
                null,
                STAMP);
    }

    static ProviderKey providerKey(String account, String id, String provider, String value) {
        Secret secret = new Secret(value);
        return new ProviderKey(
                id,
                account,
                provider,
                "our key " + id,
                "of the team",
                new ProviderKeyValue.Kept(VAULT.seal(secret, Owner.providerKey(account, id)), Redaction.of(secret)),
                STAMP);
    }

    static ProviderKey reference(String account, String id, String provider) {
        return new ProviderKey(
                id, account, provider, "from outside", "", new ProviderKeyValue.Reference("{{env:THE_KEY}}"), STAMP);
    }

    static KeyConfiguration configuration(String account, String id, List<String> keys) {
        return new KeyConfiguration(
                id,
                account,
                "visitors " + id,
                "",
                Scope.of(List.of("openai", "workshop"), List.of("claude-*", "openai:gpt-5")),
                keys.isEmpty()
                        ? List.of()
                        : List.of(
                                new RoutingRule("openai", null, List.of(new Step.User(keys), new Step.Managed())),
                                new RoutingRule("openai", "gpt-5", List.of(new Step.Managed()))),
                new Limits(10L, null, null, null, null, null, null),
                new Timeouts(null, Duration.ofSeconds(60), Duration.ofMinutes(2), null, Duration.ofMillis(1_500)),
                new FailoverOverrides(Map.of("rate-limited", "stop"), 2L, "buffered", Duration.ofMillis(800)),
                List.of("smart"),
                STAMP);
    }

    static CustomProvider customProvider(String account, String id, String providerId) {
        return new CustomProvider(
                id,
                account,
                providerId,
                "The workshop",
                URI.create("https://models.example/v1"),
                List.of("openai-chat", "openai-embeddings"),
                CustomProvider.Auth.BEARER,
                List.of(
                        new CustomProvider.Model("Qwen/Qwen3-8B", "Qwen 3", 32_768L, 8_192L),
                        new CustomProvider.Model("tiny", null, null, null)),
                Map.of("X-Team", "web"),
                Map.of("api-version", "2026-01-01"),
                STAMP);
    }

    static GatewayConfig gatewayConfig(String account) {
        return new GatewayConfig(
                account,
                new Timeouts(Duration.ofSeconds(5), null, null, null, null),
                Limits.NONE,
                true,
                "off",
                Duration.ofSeconds(2),
                false,
                STAMP);
    }
}
