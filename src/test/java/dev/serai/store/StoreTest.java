package dev.serai.store;

import static dev.serai.store.Samples.ACCOUNT;
import static dev.serai.store.Samples.NOW;
import static dev.serai.store.Samples.OTHER;
import static dev.serai.store.Samples.TESTER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.control.Account;
import dev.serai.control.Actor;
import dev.serai.control.ApiKey;
import dev.serai.control.AuditEntry;
import dev.serai.control.CustomProvider;
import dev.serai.control.KeyConfiguration;
import dev.serai.control.ProviderKey;
import dev.serai.control.Role;
import dev.serai.control.Stamp;
import dev.serai.control.Stored;
import dev.serai.control.StoredAccessKey;
import dev.serai.secrets.Owner;
import dev.serai.testing.MovableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The repositories, on each database. */
@ParameterizedClass
@EnumSource
@Timeout(60)
class StoreTest {
    @Parameter
    TestDatabase kind;

    @TempDir
    Path folder;

    private final MovableClock clock = new MovableClock(NOW);
    private Database database;
    private Store store;

    @BeforeEach
    void open() throws Exception {
        database = kind.open(folder);
        store = new Store(database, clock, Samples.RANDOM);
        change(session -> {
            session.accounts().insert(Samples.account(ACCOUNT));
            session.accounts().insert(Samples.account(OTHER));
        });
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void change(Consumer<Session> work) {
        store.change(TESTER, session -> {
            work.accept(session);
            return true;
        });
    }

    private Refusal refused(Consumer<Session> work) {
        List<AuditEntry> audited = audit();
        try {
            change(work);
        } catch (ChangeRefusedException e) {
            assertThat(audit()).isEqualTo(audited);
            return e.refusal();
        }
        throw new AssertionError("the change was made");
    }

    private <T> Optional<T> one(Function<Session, Optional<T>> work) {
        return store.read(work);
    }

    private <T> List<T> many(Function<Session, List<T>> work) {
        return store.read(work);
    }

    private List<AuditEntry> audit() {
        return store.read(session -> session.audit().listAll(null, 100).items());
    }

    private void givenAll() {
        change(session -> {
            session.customProviders().insert(Samples.customProvider(ACCOUNT, "prov_1", "workshop"));
            session.providerKeys().insert(Samples.providerKey(ACCOUNT, "pk_1", "openai", "sk-a-secret-of-openai"));
            session.providerKeys().insert(Samples.reference(ACCOUNT, "pk_2", "workshop"));
            session.configurations().insert(Samples.configuration(ACCOUNT, "cfg_1", List.of("pk_1")));
            session.accessKeys().insert(Samples.accessKey(ACCOUNT, "ak1", "cfg_1"));
            session.apiKeys().insert(Samples.apiKey(ACCOUNT, "api1", Role.ADMIN));
            session.apiKeys().insert(Samples.apiKey(null, "api2", Role.OPERATOR));
            session.gatewayConfigs().insert(Samples.gatewayConfig(ACCOUNT));
        });
    }

    private static List<Function<Session, ObjectTable<? extends Stored>>> tables() {
        return List.of(
                Session::accounts,
                Session::accessKeys,
                Session::apiKeys,
                Session::configurations,
                Session::providerKeys,
                Session::customProviders,
                Session::gatewayConfigs);
    }

    @Test
    void every_object_comes_back_as_it_was_kept() {
        change(session -> {
            keeps(session.customProviders(), Samples.customProvider(ACCOUNT, "prov_1", "workshop"));
            keeps(session.providerKeys(), Samples.providerKey(ACCOUNT, "pk_1", "openai", "sk-a-secret-of-openai"));
            keeps(session.providerKeys(), Samples.reference(ACCOUNT, "pk_2", "openai"));
            keeps(session.configurations(), Samples.configuration(ACCOUNT, "cfg_1", List.of("pk_1", "pk_2")));
            keeps(session.accessKeys(), Samples.accessKey(ACCOUNT, "ak1", "cfg_1"));
            keeps(session.apiKeys(), Samples.apiKey(ACCOUNT, "api1", Role.ADMIN));
            keeps(session.apiKeys(), Samples.apiKey(null, "api2", Role.OPERATOR));
            keeps(session.gatewayConfigs(), Samples.gatewayConfig(ACCOUNT));
        });
    }

    private static <T extends Stored> void keeps(ObjectTable<T> table, T object) {
        assertThat(table.insert(object)).isEqualTo(object);
        assertThat(table.find(object.accountId(), object.id())).contains(object);
        assertThat(table.all()).contains(object);
    }

    @Test
    void an_object_of_another_account_is_absent() {
        givenAll();
        for (Function<Session, ObjectTable<? extends Stored>> of : tables()) {
            List<Stored> all =
                    store.read(session -> List.copyOf(of.apply(session).all()));
            for (Stored object : all) {
                String stranger = object.id().equals(OTHER) ? ACCOUNT : OTHER;
                assertThat(one(session ->
                                of.apply(session).find(stranger, object.id()).map(Stored::id)))
                        .isEmpty();
                assertThat(refused(session -> of.apply(session).delete(stranger, object.id(), null)))
                        .isInstanceOf(Refusal.Absent.class);
                assertThat(many(session -> List.<Stored>copyOf(
                                of.apply(session).list(stranger, null, 100).items())))
                        .noneMatch(listed -> listed.id().equals(object.id()));
            }
        }
    }

    @Test
    void what_somebody_types_as_an_id_is_never_a_part_of_a_statement() {
        givenAll();
        for (String typed : List.of(
                "' OR '1'='1",
                "ak1'; DROP TABLE access_key; --",
                "%",
                "ak_",
                "ak%",
                "_k1",
                "*",
                "аk1", // the first letter is Cyrillic
                "ak１", // the digit is a wide one
                "AK1",
                "ak1 ",
                "ak1\u200b",
                "\\",
                "\"",
                ":id",
                "?")) {
            for (Function<Session, ObjectTable<? extends Stored>> of : tables()) {
                assertThat(one(session -> of.apply(session).find(ACCOUNT, typed).map(Stored::id)))
                        .as(typed)
                        .isEmpty();
                assertThat(one(session -> of.apply(session).find(typed, "ak1").map(Stored::id)))
                        .isEmpty();
                assertThat(many(session -> List.<Stored>copyOf(
                                of.apply(session).list(typed, null, 100).items())))
                        .isEmpty();
                assertThat(refused(session -> of.apply(session).delete(ACCOUNT, typed, null)))
                        .isInstanceOf(Refusal.Absent.class);
            }
        }
        assertThat(many(session -> session.accessKeys().all())).hasSize(1);
    }

    @Test
    void what_somebody_types_as_a_name_comes_back_as_it_was() {
        for (String typed : List.of(
                "'; DELETE FROM account; --", "100 % \\ _ *", ":name ? ${x}", "日本語 🐪", "{\"a\":1}", "<script>")) {
            Account account =
                    store.change(TESTER, session -> session.accounts().insert(new Account("a1", typed, Samples.STAMP)));
            assertThat(one(session -> session.accounts().find("a1", "a1"))).contains(account);
            change(session -> session.accounts().delete("a1", "a1", null));
        }
    }

    @Test
    void lists_are_newest_first_and_pages_join_without_gap_or_repetition() {
        for (int i = 0; i < 25; i++) {
            String id = "pk_" + i;
            change(session -> session.providerKeys().insert(Samples.reference(ACCOUNT, id, "openai")));
            if (i % 3 == 0) {
                clock.pass(Duration.ofMillis(1)); // the others are made in the same instant
            }
        }
        List<ProviderKey> listed = new ArrayList<>();
        Cursor after = null;
        do {
            Cursor from = after == null ? null : Cursor.parse(after.text());
            Page<ProviderKey> page =
                    store.read(session -> session.providerKeys().list(ACCOUNT, from, 4));
            assertThat(page.items()).hasSizeLessThanOrEqualTo(4);
            listed.addAll(page.items());
            after = page.next();
        } while (after != null);
        assertThat(listed).hasSize(25).doesNotHaveDuplicates();
        assertThat(listed)
                .isSortedAccordingTo(
                        (a, b) -> b.stamp().createdAt().compareTo(a.stamp().createdAt()));
    }

    @Test
    void a_page_holds_at_most_a_hundred() {
        for (int limit : new int[] {0, -1, 101, Integer.MAX_VALUE}) {
            assertThatThrownBy(() -> store.read(session -> session.accounts().list(null, limit)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("from 1 to 100");
        }
    }

    @Test
    void a_change_counts_the_version_and_keeps_the_time_of_making() {
        givenAll();
        clock.pass(Duration.ofMinutes(1));
        CustomProvider before = store.read(
                session -> session.customProviders().find(ACCOUNT, "prov_1").orElseThrow());
        CustomProvider after =
                store.change(TESTER, session -> session.customProviders().update(before));
        assertThat(after.stamp()).isEqualTo(new Stamp(NOW, NOW.plusSeconds(60), 2));
        assertThat(one(session -> session.customProviders().find(ACCOUNT, "prov_1")))
                .contains(after);
    }

    @Test
    void a_change_of_what_somebody_else_changed_meanwhile_is_refused() {
        givenAll();
        ApiKey seen = store.read(session -> session.apiKeys().find(null, "api2").orElseThrow());
        change(session -> session.apiKeys().update(seen));
        assertThat(refused(session -> session.apiKeys().update(seen)))
                .isEqualTo(new Refusal.LostUpdate("api-key", "api2", 2));
        assertThat(refused(session -> session.apiKeys().delete(null, "api2", 1L)))
                .isEqualTo(new Refusal.LostUpdate("api-key", "api2", 2));
        change(session -> session.apiKeys().delete(null, "api2", 2L));
        assertThat(refused(session -> session.apiKeys().update(seen))).isEqualTo(new Refusal.Absent("api-key", "api2"));
    }

    @Test
    void of_many_who_change_the_same_version_at_once_one_wins() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            Account seen = store.read(
                    session -> session.accounts().find(ACCOUNT, ACCOUNT).orElseThrow());
            List<Callable<String>> attempts = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                String name = "named by " + i;
                attempts.add(() -> {
                    try {
                        return store.change(TESTER, session -> session.accounts()
                                        .update(new Account(ACCOUNT, name, seen.stamp())))
                                .name();
                    } catch (ChangeRefusedException e) {
                        assertThat(e.refusal()).isEqualTo(new Refusal.LostUpdate("account", ACCOUNT, 2));
                        return "";
                    }
                });
            }
            List<String> winners = new ArrayList<>();
            for (Future<String> attempt : threads.invokeAll(attempts)) {
                if (!attempt.get().isEmpty()) {
                    winners.add(attempt.get());
                }
            }
            assertThat(winners).hasSize(1);
            assertThat((Object) store.read(session -> session.accounts()
                            .find(ACCOUNT, ACCOUNT)
                            .orElseThrow()
                            .name()))
                    .isEqualTo(winners.get(0));
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void what_others_need_is_not_deleted_and_they_are_named() {
        givenAll();
        Refusal.Referrer configuration = new Refusal.Referrer("access-key-configuration", "cfg_1", "visitors cfg_1");
        Refusal.Referrer providerKey = new Refusal.Referrer("provider-key", "pk_2", "from outside");
        assertThat(refused(session -> session.providerKeys().delete(ACCOUNT, "pk_1", null)))
                .isEqualTo(new Refusal.Referenced("provider-key", "pk_1", List.of(configuration)));
        assertThat(refused(session -> session.customProviders().delete(ACCOUNT, "prov_1", null)))
                .isEqualTo(new Refusal.Referenced("provider", "prov_1", List.of(configuration, providerKey)));
        assertThat(refused(session -> session.configurations().delete(ACCOUNT, "cfg_1", null)))
                .isEqualTo(new Refusal.Referenced(
                        "access-key-configuration",
                        "cfg_1",
                        List.of(new Refusal.Referrer("access-key", "ak1", "the chat on the website"))));
        assertThat(refused(session -> session.accounts().delete(ACCOUNT, ACCOUNT, null)))
                .isInstanceOf(Refusal.Referenced.class);
        change(session -> {
            session.accessKeys().delete(ACCOUNT, "ak1", null);
            session.configurations().delete(ACCOUNT, "cfg_1", null);
            session.providerKeys().delete(ACCOUNT, "pk_1", null);
            session.providerKeys().delete(ACCOUNT, "pk_2", null);
            session.customProviders().delete(ACCOUNT, "prov_1", null);
            session.apiKeys().delete(ACCOUNT, "api1", null);
            session.accounts().delete(ACCOUNT, ACCOUNT, null);
        });
        assertThat(many(session -> session.gatewayConfigs().all())).isEmpty();
    }

    @Test
    void a_configuration_that_names_a_provider_before_it_is_made_needs_it_afterwards() {
        change(session -> {
            session.providerKeys().insert(Samples.reference(ACCOUNT, "pk_2", "workshop"));
            session.configurations().insert(Samples.configuration(ACCOUNT, "cfg_1", List.of()));
            session.customProviders().insert(Samples.customProvider(ACCOUNT, "prov_1", "workshop"));
            session.customProviders().insert(Samples.customProvider(OTHER, "prov_2", "workshop"));
        });
        assertThat(refused(session -> session.customProviders().delete(ACCOUNT, "prov_1", null)))
                .asString()
                .contains("cfg_1", "pk_2");
        change(session -> session.customProviders().delete(OTHER, "prov_2", null));
    }

    @Test
    void nothing_refers_to_what_is_not_there_or_belongs_to_another_account() {
        givenAll();
        assertThat(refused(session -> session.configurations()
                        .insert(Samples.configuration(OTHER, "cfg_2", List.of("pk_1", "nope")))))
                .isEqualTo(new Refusal.Dangling("access-key-configuration", "router.rules", List.of("pk_1", "nope")));
        assertThat(refused(session -> session.accessKeys().insert(Samples.accessKey(OTHER, "ak2", "cfg_1"))))
                .isEqualTo(new Refusal.Dangling("access-key", "configurationId", List.of("cfg_1")));
        assertThat(refused(session -> session.providerKeys().insert(Samples.reference("nobody", "pk_9", "openai"))))
                .isEqualTo(new Refusal.Dangling("provider-key", "accountId", List.of("nobody")));
    }

    @Test
    void the_id_of_a_provider_is_taken_once_in_an_account_and_never_changes() {
        givenAll();
        assertThat(refused(session ->
                        session.customProviders().insert(Samples.customProvider(ACCOUNT, "prov_9", "workshop"))))
                .isEqualTo(new Refusal.Duplicate("provider", "providerId", "workshop"));
        assertThat(refused(session ->
                        session.customProviders().update(Samples.customProvider(ACCOUNT, "prov_1", "elsewhere"))))
                .isEqualTo(new Refusal.Fixed("provider", "providerId"));
        change(session -> session.customProviders().insert(Samples.customProvider(OTHER, "prov_9", "workshop")));
    }

    @Test
    void every_change_is_in_the_audit_without_a_secret() {
        givenAll();
        StoredAccessKey key =
                store.read(session -> session.accessKeys().find(ACCOUNT, "ak1").orElseThrow());
        store.change(new Actor(Actor.Kind.API_KEY, "api1"), session -> {
            session.accessKeys().delete(ACCOUNT, "ak1", null);
            return true;
        });
        AuditEntry entry = audit().stream()
                .filter(each -> each.action().equals("delete"))
                .findFirst()
                .orElseThrow();
        assertThat(entry.actor()).isEqualTo(new Actor(Actor.Kind.API_KEY, "api1"));
        assertThat(entry.objectType()).isEqualTo("access-key");
        assertThat(entry.objectId()).isEqualTo("ak1");
        assertThat(entry.after()).isNull();
        assertThat(entry.before()).contains("the chat on the website", "\"team\":\"web\"", "cfg_1");
        assertThat(audit()).hasSize(11);
        assertThat(audit().toString())
                .doesNotContain(key.hash().hex(), "a-secret-of-openai")
                .contains("sk-a");
        assertThat(many(session -> session.audit().list(OTHER, null, 100).items()))
                .hasSize(1);
        assertThat(many(session -> session.audit().list(null, null, 100).items()))
                .extracting(AuditEntry::objectId)
                .containsExactly("api2");
    }

    @Test
    void a_change_that_fails_leaves_nothing_behind() {
        long changes = store.changes();
        List<AuditEntry> audited = audit();
        assertThatThrownBy(() -> change(session -> {
                    session.accounts().insert(Samples.account("third"));
                    throw new IllegalStateException("the lights went out");
                }))
                .hasMessage("the lights went out");
        assertThat(one(session -> session.accounts().find("third", "third"))).isEmpty();
        assertThat(audit()).isEqualTo(audited);
        assertThat(store.changes()).isEqualTo(changes);
    }

    @Test
    void each_change_counts_and_the_use_of_a_key_does_not() {
        givenAll();
        long changes = store.changes();
        store.accessKeysUsed(Map.of("ak1", NOW.plusSeconds(5), "gone", NOW));
        store.accessKeysUsed(Map.of("ak1", NOW));
        store.apiKeysUsed(Map.of("api2", NOW));
        assertThat(store.changes()).isEqualTo(changes);
        StoredAccessKey key =
                store.read(session -> session.accessKeys().find(ACCOUNT, "ak1").orElseThrow());
        assertThat(key.lastUsedAt()).isEqualTo(NOW.plusSeconds(5));
        assertThat(key.stamp().version()).isEqualTo(1);
        change(session -> session.accessKeys().update(key));
        assertThat(store.changes()).isEqualTo(changes + 1);
        assertThat((Object) store.read(session ->
                        session.accessKeys().find(ACCOUNT, "ak1").orElseThrow().lastUsedAt()))
                .isEqualTo(NOW.plusSeconds(5));
    }

    @Test
    void who_reads_sees_one_moment_and_changes_nothing() {
        givenAll();
        store.read(session -> {
            long seen = session.changes();
            change(other -> other.accounts().insert(Samples.account("third")));
            assertThat(session.changes()).isEqualTo(seen);
            assertThat(session.accounts().find("third", "third")).isEmpty();
            return true;
        });
        assertThatThrownBy(() -> store.read(session -> session.accounts().insert(Samples.account("fourth"))))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> store.read(session -> session.handle().execute("DELETE FROM access_key")))
                .isInstanceOf(StoreException.class);
        assertThat(many(session -> session.accessKeys().all())).hasSize(1);
    }

    @Test
    void the_answer_to_an_idempotency_key_is_kept_once_for_its_actor_and_purged_by_age() {
        Owner owner = IdempotencyTable.owner("api1", "retry-1");
        IdempotencyTable.Answer answer = store.change(TESTER, session -> {
            session.idempotency()
                    .keep("api1", "retry-1", "hash", 201, Samples.VAULT.seal(new dev.serai.access.Secret("{}"), owner));
            return session.idempotency().find("api1", "retry-1").orElseThrow();
        });
        assertThat(answer.status()).isEqualTo(201);
        assertThat(Samples.VAULT.open(answer.body(), owner).reveal()).isEqualTo("{}");
        assertThat(one(session -> session.idempotency().find("api2", "retry-1")))
                .isEmpty();
        assertThat(refused(session -> session.idempotency().keep("api1", "retry-1", "x", 201, answer.body())))
                .isInstanceOf(Refusal.Duplicate.class);
        Instant later = NOW.plusSeconds(1);
        assertThat((int) store.change(TESTER, session -> session.idempotency().purge(NOW)))
                .isZero();
        assertThat((int) store.change(TESTER, session -> session.idempotency().purge(later)))
                .isEqualTo(1);
    }

    @Test
    void an_update_of_a_configuration_changes_what_it_needs() {
        givenAll();
        KeyConfiguration seen = store.read(
                session -> session.configurations().find(ACCOUNT, "cfg_1").orElseThrow());
        KeyConfiguration without = Samples.configuration(ACCOUNT, "cfg_1", List.of("pk_2"));
        assertThat(seen.stamp()).isEqualTo(without.stamp());
        change(session -> {
            session.configurations().update(without);
            session.providerKeys().delete(ACCOUNT, "pk_1", null);
        });
        assertThat(refused(session -> session.providerKeys().delete(ACCOUNT, "pk_2", null)))
                .isInstanceOf(Refusal.Referenced.class);
    }
}
