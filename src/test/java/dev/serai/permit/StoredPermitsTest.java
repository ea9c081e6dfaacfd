package dev.serai.permit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.access.AccessKey;
import dev.serai.access.AccessKeys;
import dev.serai.access.Allowance;
import dev.serai.access.Credential;
import dev.serai.access.KeyHash;
import dev.serai.access.Pepper;
import dev.serai.access.Scope;
import dev.serai.access.Secret;
import dev.serai.access.Secrets;
import dev.serai.catalog.Auth;
import dev.serai.catalog.Catalog;
import dev.serai.catalog.Model;
import dev.serai.catalog.Prices;
import dev.serai.catalog.Provider;
import dev.serai.control.Account;
import dev.serai.control.AccountPricing;
import dev.serai.control.Actor;
import dev.serai.control.CustomProvider;
import dev.serai.control.FailoverOverrides;
import dev.serai.control.GatewayConfig;
import dev.serai.control.KeyConfiguration;
import dev.serai.control.Limits;
import dev.serai.control.ProviderKey;
import dev.serai.control.ProviderKeyValue;
import dev.serai.control.RoutingRule;
import dev.serai.control.Stamp;
import dev.serai.control.Step;
import dev.serai.control.StoredAccessKey;
import dev.serai.control.Timeouts;
import dev.serai.credits.Tariff;
import dev.serai.error.GatewayException;
import dev.serai.failover.Action;
import dev.serai.failover.Fault;
import dev.serai.failover.Rescue;
import dev.serai.secrets.MasterKey;
import dev.serai.secrets.MasterKeys;
import dev.serai.secrets.Owner;
import dev.serai.secrets.Redaction;
import dev.serai.secrets.ReferenceValues;
import dev.serai.secrets.References;
import dev.serai.secrets.Vault;
import dev.serai.selection.Alias;
import dev.serai.selection.Aliases;
import dev.serai.selection.Directory;
import dev.serai.selection.ProviderCredentials;
import dev.serai.selection.Strategy;
import dev.serai.selection.When;
import dev.serai.store.Database;
import dev.serai.store.Session;
import dev.serai.store.Store;
import dev.serai.store.TestDatabase;
import dev.serai.testing.Await;
import dev.serai.testing.MovableClock;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What the hot path makes of the store, on each database. */
@ParameterizedClass
@EnumSource
@Timeout(60)
class StoredPermitsTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final Stamp STAMP = Stamp.first(NOW);
    private static final Actor TESTER = new Actor(Actor.Kind.COMMAND, "test");
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Pepper PEPPER = new Pepper(new byte[32]);
    private static final Vault VAULT = new Vault(new MasterKeys(List.of(MasterKey.generate(RANDOM))), RANDOM);
    private static final String MINE = "default";
    private static final String OTHER = "other";
    private static final String CHAT = "openai-chat";

    private static final Provider OPENAI = Provider.builder("openai", URI.create("https://openai.example/v1"))
            .dialect(CHAT, "/chat/completions")
            .auth(new Auth.Header("Authorization", "Bearer ", "OPENAI_API_KEY"))
            .models(List.of(new Model("gpt-5"), new Model("gpt-4")))
            .build();
    private static final Directory FILES =
            new Directory(new Catalog(List.of(OPENAI)), new Aliases(List.of(alias("smart"), alias("cheap"))));
    private static final ProviderCredentials MANAGED =
            new ProviderCredentials(Map.of("OPENAI_API_KEY", "the-operators-own"), new Secrets(10));

    @Parameter
    TestDatabase kind;

    @TempDir
    Path folder;

    private final MovableClock clock = new MovableClock(NOW);
    private final AtomicReference<PermitSource> loaded = new AtomicReference<>(PermitSource.ofFiles(MANAGED));
    private final Secrets masked = new Secrets(100);
    private final List<AutoCloseable> open = new ArrayList<>();
    private Store store;
    private StoreWatch watch;

    private static Alias alias(String name) {
        return new Alias(name, Strategy.ORDERED, List.of(new Alias.Member("openai:gpt-5", 1, When.ALWAYS)));
    }

    @BeforeEach
    void begin() throws Exception {
        Database database = kind.open(folder);
        store = new Store(database, clock, RANDOM);
        watch = watch(store, loaded::set);
        open.add(database);
        change(session -> {
            session.accounts().insert(new Account(MINE, "Mine", STAMP));
            session.accounts().insert(new Account(OTHER, "Other", STAMP));
        });
    }

    @Test
    void an_account_pays_what_was_agreed_with_it_and_the_others_what_everybody_pays() {
        change(session -> {
            Account mine = session.accounts().find(MINE, MINE).orElseThrow();
            AccountPricing agreed = new AccountPricing(
                    new BigDecimal("0.02"),
                    null,
                    Map.of(
                            "openai:gpt-5",
                            "{\"input\":2,\"output\":12}",
                            "openai:gpt-6",
                            "{\"of\":\"a newer Serai\"}"));
            session.accounts().update(new Account(MINE, mine.name(), agreed, mine.stamp()));
            session.accessKeys().insert(accessKey(MINE, "ak_mine", null, null));
            session.accessKeys().insert(accessKey(OTHER, "ak_other", null, null));
        });
        Tariff everybody = new Tariff(70_000, 100_000, Map.of());
        Tariff mine = permit("ak_mine").terms().over(everybody);
        assertThat(mine.feePicosPerToken()).isEqualTo(20_000);
        assertThat(mine.markupMillionths()).isEqualTo(100_000);
        assertThat(mine.prices()).containsOnlyKeys("openai:gpt-5", "openai:gpt-6");
        assertThat(mine.prices().get("openai:gpt-5")).isInstanceOf(Prices.Known.class);
        assertThat(mine.prices().get("openai:gpt-6")).as("not another price").isEqualTo(Prices.UNKNOWN);
        assertThat(permit("ak_other").terms().over(everybody)).isSameAs(everybody);
    }

    private StoreWatch watch(Store of, Consumer<PermitSource> whenLoaded) {
        References elsewhere = new References() {
            @Override
            public void check(String expression) {}

            @Override
            public Secret value(String expression) {
                return new Secret("value-of-" + expression);
            }

            @Override
            public boolean isNear(String expression) {
                return true;
            }
        };
        PermitLoader loader = new PermitLoader(
                () -> of,
                () -> VAULT,
                new ReferenceValues(elsewhere, masked, clock, Duration.ofMinutes(5)),
                MANAGED,
                masked);
        StoreWatch made = new StoreWatch(of.database(), () -> of, loader, whenLoaded, clock, Duration.ofHours(1));
        open.add(0, made);
        return made;
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable one : open) {
            one.close();
        }
    }

    private void change(Consumer<Session> work) {
        store.change(TESTER, session -> {
            work.accept(session);
            return true;
        });
        watch.look();
    }

    private static StoredAccessKey accessKey(
            String account, String id, @Nullable String configuration, @Nullable Instant expiresAt) {
        return accessKey(account, id, configuration, expiresAt, Limits.NONE);
    }

    private static StoredAccessKey accessKey(
            String account, String id, @Nullable String configuration, @Nullable Instant expiresAt, Limits limits) {
        KeyHash hash = PEPPER.hash("token-" + id);
        return new StoredAccessKey(id, account, id, "", Map.of(), configuration, hash, expiresAt, null, limits, STAMP);
    }

    private static ProviderKey providerKey(String account, String id, String provider) {
        Secret value = new Secret("value-of-key-" + id);
        return new ProviderKey(
                id,
                account,
                provider,
                id,
                "",
                new ProviderKeyValue.Kept(VAULT.seal(value, Owner.providerKey(account, id)), Redaction.of(value)),
                STAMP);
    }

    private static KeyConfiguration configuration(
            String id, Scope scope, @Nullable List<String> aliases, RoutingRule... rules) {
        return configuration(id, scope, Limits.NONE, aliases, rules);
    }

    private static KeyConfiguration configuration(
            String id, Scope scope, Limits limits, @Nullable List<String> aliases, RoutingRule... rules) {
        return new KeyConfiguration(
                id,
                MINE,
                id,
                "",
                scope,
                List.of(rules),
                limits,
                new Timeouts(null, Duration.ofSeconds(9), null, null, null),
                new FailoverOverrides(Map.of("rate-limited", "stop"), 2L, "continue", null),
                aliases,
                STAMP);
    }

    private AccessKey authenticate(String id) {
        return new AccessKeys(PEPPER, Map.of()).with(loaded.get().keys()).authenticate("token-" + id, clock.instant());
    }

    private Permit permit(String keyId) {
        return loaded.get().permits(FILES).of(authenticate(keyId));
    }

    private List<String> keysFor(String keyId, Provider provider, String model) {
        return permit(keyId).credentials().of(provider, model, CHAT).stream()
                .map(owned -> owned.credential() instanceof Credential.Header header
                        ? header.value().reveal()
                        : "none")
                .toList();
    }

    @Test
    void a_key_is_known_as_soon_as_it_is_made_and_unknown_as_soon_as_it_is_deleted() {
        change(session -> session.accessKeys().insert(accessKey(MINE, "a", null, null)));
        assertThat(authenticate("a").accountId()).isEqualTo(MINE);
        change(session -> session.accessKeys().delete(MINE, "a", null));
        assertThatThrownBy(() -> authenticate("a")).isInstanceOf(GatewayException.class);
    }

    @Test
    void a_key_ends_when_it_expires() {
        change(session -> session.accessKeys().insert(accessKey(MINE, "a", null, NOW.plusSeconds(60))));
        assertThat(authenticate("a").id()).isEqualTo("a");
        clock.pass(Duration.ofSeconds(60));
        assertThatThrownBy(() -> authenticate("a")).hasMessageContaining("expired");
    }

    @Test
    void without_a_rule_the_accounts_keys_come_first_newest_first_then_the_operators() {
        change(session -> {
            session.accessKeys().insert(accessKey(MINE, "a", null, null));
            session.accessKeys().insert(accessKey(OTHER, "b", null, null));
            session.providerKeys().insert(providerKey(MINE, "old", "openai"));
            session.providerKeys().insert(providerKey(MINE, "else", "anthropic"));
        });
        clock.pass(Duration.ofMillis(1));
        change(session -> session.providerKeys().insert(providerKey(MINE, "new", "openai")));
        assertThat(keysFor("a", OPENAI, "gpt-5"))
                .containsExactly("value-of-key-new", "value-of-key-old", "the-operators-own");
        assertThat(keysFor("b", OPENAI, "gpt-5")).containsExactly("the-operators-own");
        assertThat(masked.redact("it is value-of-key-old")).doesNotContain("value-of-key-old");
    }

    @Test
    void the_rule_for_a_model_wins_over_that_for_its_provider() {
        RoutingRule provider = new RoutingRule(
                "openai",
                null,
                List.of(new Step.User(List.of("k2")), new Step.Managed(), new Step.User(List.of("k1"))));
        RoutingRule model = new RoutingRule("openai", "GPT-4", List.of(new Step.User(List.of("k1"))));
        change(session -> {
            session.providerKeys().insert(providerKey(MINE, "k1", "openai"));
            session.providerKeys().insert(providerKey(MINE, "k2", "openai"));
            session.configurations().insert(configuration("c", Scope.ALL, null, provider, model));
            session.accessKeys().insert(accessKey(MINE, "a", "c", null));
        });
        assertThat(keysFor("a", OPENAI, "gpt-5"))
                .containsExactly("value-of-key-k2", "the-operators-own", "value-of-key-k1");
        assertThat(keysFor("a", OPENAI, "gpt-4")).containsExactly("value-of-key-k1");
    }

    @Test
    void a_key_never_goes_to_a_provider_that_it_is_not_for() {
        RoutingRule rule = new RoutingRule("openai", null, List.of(new Step.User(List.of("k"))));
        change(session -> {
            session.providerKeys().insert(providerKey(MINE, "k", "anthropic"));
            session.configurations().insert(configuration("c", Scope.ALL, null, rule));
            session.accessKeys().insert(accessKey(MINE, "a", "c", null));
        });
        assertThat(keysFor("a", OPENAI, "gpt-5")).isEmpty();
    }

    @Test
    void a_reference_is_resolved() {
        change(session -> {
            session.accessKeys().insert(accessKey(MINE, "a", null, null));
            session.providerKeys()
                    .insert(new ProviderKey(
                            "k", MINE, "openai", "k", "", new ProviderKeyValue.Reference("{{env:KEY}}"), STAMP));
        });
        assertThat(keysFor("a", OPENAI, "gpt-5")).containsExactly("value-of-{{env:KEY}}", "the-operators-own");
    }

    @Test
    void a_configuration_says_what_may_be_called_and_which_aliases_are_seen() {
        change(session -> {
            session.configurations()
                    .insert(configuration("c", Scope.of(List.of("openai"), List.of()), List.of("SMART")));
            session.accessKeys().insert(accessKey(MINE, "a", "c", null));
        });
        assertThat(permit("a").scope()).isEqualTo(Scope.of(List.of("openai"), List.of()));
        assertThat(permit("a").directory().aliases().names()).containsExactly("smart");
    }

    @Test
    void wishes_of_the_account_and_of_the_configuration_add_up() {
        change(session -> {
            session.gatewayConfigs()
                    .insert(new GatewayConfig(
                            MINE,
                            new Timeouts(null, Duration.ofSeconds(5), Duration.ofSeconds(50), null, null),
                            Limits.NONE,
                            true,
                            "buffered",
                            Duration.ofSeconds(2),
                            null,
                            STAMP));
            session.configurations().insert(configuration("c", Scope.ALL, null));
            session.accessKeys().insert(accessKey(MINE, "a", "c", null));
            session.accessKeys().insert(accessKey(MINE, "plain", null, null));
        });
        Permit permit = permit("a");
        assertThat(permit.wishes().attempt()).isEqualTo(Duration.ofSeconds(5));
        assertThat(permit.wishes().total()).isEqualTo(Duration.ofSeconds(50));
        assertThat(permit.wishes().attempts()).isEqualTo(2);
        assertThat(permit.wishes().rescue()).isEqualTo(Rescue.CONTINUE);
        assertThat(permit.wishes().hedge()).isEqualTo(Duration.ofSeconds(2));
        assertThat(permit.wishes().actions()).containsEntry(Fault.RATE_LIMITED, Action.STOP);
        assertThat(permit.strict()).isTrue();
        assertThat(permit("plain").wishes().rescue()).isEqualTo(Rescue.BUFFERED);
    }

    @Test
    void the_limits_of_the_key_and_of_its_configuration_are_the_keys_and_those_of_the_account_are_of_all_its_keys() {
        Limits ofKey = new Limits(10L, null, 5L, null, 300L, new BigDecimal("0.5"), null);
        Limits ofConfiguration = new Limits(20L, 1_000L, 3L, null, null, new BigDecimal(1), new BigDecimal(7));
        Limits ofAccount = new Limits(100L, null, null, 5_000L, null, null, new BigDecimal(20));
        change(session -> {
            session.gatewayConfigs()
                    .insert(new GatewayConfig(
                            MINE,
                            new Timeouts(null, null, null, null, null),
                            ofAccount,
                            null,
                            null,
                            null,
                            null,
                            STAMP));
            session.configurations().insert(configuration("c", Scope.ALL, ofConfiguration, null));
            session.accessKeys().insert(accessKey(MINE, "a", "c", null, ofKey));
            session.accessKeys().insert(accessKey(MINE, "plain", null, null, ofKey));
        });
        assertThat(allowance("a"))
                .isEqualTo(Allowance.of(10L, 1_000L, 3L, null, 300L)
                        .withBudgets(new BigDecimal("0.5"), new BigDecimal(7)));
        assertThat(allowance("plain"))
                .isEqualTo(Allowance.of(10L, null, 5L, null, 300L).withBudgets(new BigDecimal("0.5"), null));
        for (String id : List.of("a", "plain")) {
            assertThat(permit(id).ofAccount())
                    .isEqualTo(Allowance.of(100L, null, null, 5_000L, null).withBudgets(null, new BigDecimal(20)));
        }
    }

    private Allowance allowance(String id) {
        return permit(id).allowance(authenticate(id));
    }

    @Test
    void a_custom_provider_is_seen_by_its_account_alone() {
        CustomProvider custom = new CustomProvider(
                "p",
                MINE,
                "workshop",
                "The workshop",
                URI.create("https://models.example/v1"),
                List.of(CHAT),
                CustomProvider.Auth.BEARER,
                List.of(new CustomProvider.Model("tiny", null, null, null)),
                Map.of(),
                Map.of(),
                STAMP);
        change(session -> {
            session.customProviders().insert(custom);
            session.providerKeys().insert(providerKey(MINE, "k", "workshop"));
            session.accessKeys().insert(accessKey(MINE, "a", null, null));
            session.accessKeys().insert(accessKey(OTHER, "b", null, null));
        });
        Provider provider =
                Objects.requireNonNull(permit("a").directory().catalog().provider("workshop"));
        assertThat(provider.key()).isEqualTo(MINE + "/workshop");
        assertThat(provider.url(CHAT, "tiny", false)).isEqualTo("https://models.example/v1/chat/completions");
        assertThat(keysFor("a", provider, "tiny")).containsExactly("value-of-key-k");
        assertThat(permit("a").directory().catalog().find("tiny")).hasSize(1);
        assertThat(permit("b").directory().catalog().provider("workshop")).isNull();
    }

    @Test
    void another_node_hears_of_a_change_within_two_seconds() throws Exception {
        AtomicReference<PermitSource> elsewhere = new AtomicReference<>(PermitSource.ofFiles(MANAGED));
        Database database = Database.open(store.database().url());
        open.add(database);
        try (StoreWatch other = watch(new Store(database, clock, RANDOM), elsewhere::set)) {
            other.start();
            change(session -> session.accessKeys().insert(accessKey(MINE, "a", null, null)));
            Await.within(
                    2_000, "it is known there", () -> elsewhere.get().keys().size() == 1);
            change(session -> session.accessKeys().delete(MINE, "a", null));
            Await.within(
                    2_000, "it is unknown there", () -> elsewhere.get().keys().isEmpty());
        }
    }

    @Test
    void a_store_that_is_away_changes_nothing_until_it_is_away_for_too_long() {
        change(session -> session.accessKeys().insert(accessKey(MINE, "a", null, null)));
        store.database().close();
        watch.look();
        assertThat(authenticate("a").id()).isEqualTo("a");
        clock.pass(Duration.ofMinutes(59));
        assertThat(watch.isTooOld()).isFalse();
        clock.pass(Duration.ofMinutes(2));
        assertThat(watch.isTooOld()).isTrue();
    }
}
