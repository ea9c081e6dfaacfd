package dev.serai.store;

import static dev.serai.store.Samples.ACCOUNT;
import static dev.serai.store.Samples.MASTER;
import static dev.serai.store.Samples.TESTER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.access.Secret;
import dev.serai.control.AuditEntry;
import dev.serai.control.ProviderKey;
import dev.serai.control.ProviderKeyValue;
import dev.serai.secrets.MasterKey;
import dev.serai.secrets.Owner;
import dev.serai.secrets.Vault;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Sealed values in a database: exchanged master keys, moved rows, and what lies in the file. */
@ParameterizedClass
@EnumSource
@Timeout(60)
class KeyRotationTest {
    private static final int KEYS = 230;

    @Parameter
    TestDatabase kind;

    @TempDir
    Path folder;

    private final MasterKey fresh = MasterKey.generate(Samples.RANDOM);
    private final Vault both = Samples.vault(fresh, MASTER);
    private Database database;
    private Store store;

    @BeforeEach
    void open() throws Exception {
        database = kind.open(folder);
        store = new Store(database, Clock.systemUTC(), Samples.RANDOM);
        store.change(TESTER, session -> {
            session.accounts().insert(Samples.account(ACCOUNT));
            for (int i = 0; i < KEYS; i++) {
                session.providerKeys().insert(Samples.providerKey(ACCOUNT, "pk_" + i, "openai", value(i)));
            }
            session.providerKeys().insert(Samples.reference(ACCOUNT, "pk_elsewhere", "openai"));
            Owner answer = IdempotencyTable.owner("api1", "retry");
            session.idempotency().keep("api1", "retry", "hash", 201, Samples.VAULT.seal(new Secret("{}"), answer));
            return true;
        });
    }

    @AfterEach
    void close() {
        database.close();
    }

    private static String value(int i) {
        return "sk-canary-of-the-store-" + i + "-5d1e";
    }

    private List<ProviderKeyValue.Kept> values() {
        return store.read(session -> session.providerKeys().all().stream()
                .map(ProviderKey::value)
                .filter(ProviderKeyValue.Kept.class::isInstance)
                .map(ProviderKeyValue.Kept.class::cast)
                .toList());
    }

    private List<AuditEntry> audited() {
        return store.read(session -> session.audit().list(null, null, 10).items());
    }

    private long by(MasterKey master) {
        return values().stream()
                .filter(value -> value.sealed().masterKeyId().equals(master.id()))
                .count();
    }

    @Test
    void everything_is_sealed_by_the_newest_key_and_versions_stay() {
        assertThat(audited()).isEmpty();
        long changes = store.changes();
        assertThat(new KeyRotation(store, both).rotate(TESTER, fresh.id(), done -> {}))
                .isEqualTo(new KeyRotation.Outcome(KEYS + 1, List.of()));
        Vault alone = Samples.vault(fresh);
        for (ProviderKey key : store.read(session -> session.providerKeys().all())) {
            assertThat(key.stamp().version()).isEqualTo(1);
            if (key.value() instanceof ProviderKeyValue.Kept kept) {
                assertThat(alone.open(kept.sealed(), Owner.providerKey(ACCOUNT, key.id()))
                                .reveal())
                        .startsWith("sk-canary-of-the-store-");
            }
        }
        IdempotencyTable.Answer answer = store.read(
                        session -> session.idempotency().find("api1", "retry"))
                .orElseThrow();
        assertThat(alone.open(answer.body(), IdempotencyTable.owner("api1", "retry"))
                        .reveal())
                .isEqualTo("{}");
        assertThat(store.changes()).isGreaterThan(changes);
        assertThat(audited())
                .extracting(AuditEntry::action, AuditEntry::objectId)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("rotate", fresh.id()));
        assertThat(new KeyRotation(store, alone).rotate(TESTER, fresh.id(), done -> {}))
                .isEqualTo(new KeyRotation.Outcome(0, List.of()));
    }

    @Test
    void a_rotation_that_is_cut_off_is_done_again_from_where_it_was() {
        KeyRotation rotation = new KeyRotation(store, both);
        assertThatThrownBy(() -> rotation.rotate(TESTER, fresh.id(), done -> {
                    throw new IllegalStateException("cut off after " + done);
                }))
                .hasMessage("cut off after 100");
        assertThat(by(fresh)).isEqualTo(100);
        assertThat(by(MASTER)).isEqualTo(KEYS - 100);
        values().forEach(value -> assertThat(both.isCurrent(value.sealed())
                        || value.sealed().masterKeyId().equals(MASTER.id()))
                .isTrue());
        assertThat(rotation.rotate(TESTER, fresh.id(), done -> {}).rewrapped()).isEqualTo(KEYS - 100 + 1);
        assertThat(by(fresh)).isEqualTo(KEYS);
    }

    @Test
    void what_the_keys_at_hand_do_not_open_is_named_and_left_as_it_is() {
        KeyRotation.Outcome outcome =
                new KeyRotation(store, Samples.vault(fresh)).rotate(TESTER, fresh.id(), done -> {});
        assertThat(outcome.rewrapped()).isZero();
        assertThat(outcome.failed()).hasSize(KEYS + 1).allSatisfy(failure -> assertThat(failure)
                .contains(MASTER.id()));
        assertThat(by(MASTER)).isEqualTo(KEYS);
        StoreCheck.Finding finding = finding(Samples.vault(fresh));
        assertThat(finding.isGood()).isFalse();
        assertThat(finding.text()).contains("pk_0 of default", "which is not here", "and " + (KEYS - 10) + " more");
        assertThat(finding(null).isGood()).isFalse();
    }

    private StoreCheck.Finding finding(Vault vault) {
        List<StoreCheck.Finding> findings = new StoreCheck(store, vault).run();
        assertThat(findings)
                .extracting(StoreCheck.Finding::subject)
                .containsExactly("schema", "integrity", "references", "documents", "provider-keys", "credits");
        assertThat(findings.subList(0, 4)).allMatch(StoreCheck.Finding::isGood);
        return findings.get(4);
    }

    @Test
    void rows_that_were_exchanged_are_found() {
        assertThat(finding(Samples.VAULT))
                .isEqualTo(new StoreCheck.Finding("provider-keys", true, KEYS + " can be opened"));
        assertThat(finding(both).text()).contains(KEYS + " of them by an older key: serai secrets rotate");
        database.writer().useTransaction(handle -> {
            handle.execute("CREATE TEMPORARY TABLE moved AS SELECT * FROM provider_key WHERE id IN ('pk_1', 'pk_2')");
            for (String column : List.of("wrapped_key", "nonce", "ciphertext")) {
                handle.execute("UPDATE provider_key SET " + column + " = (SELECT " + column
                        + " FROM moved WHERE moved.id <> provider_key.id) WHERE id IN ('pk_1', 'pk_2')");
            }
        });
        StoreCheck.Finding finding = finding(Samples.VAULT);
        assertThat(finding.isGood()).isFalse();
        assertThat(finding.text())
                .contains("pk_1 of default", "pk_2 of default")
                .doesNotContain("pk_3 ");
    }

    @Test
    void a_document_that_somebody_damaged_is_found() {
        database.writer().useHandle(handle -> {
            handle.execute("INSERT INTO gateway_config (account_id, document, created_at, updated_at, version)"
                    + " VALUES ('default', '{\"secrets\":1}', 1, 1, 1)");
        });
        assertThat(new StoreCheck(store, Samples.VAULT).run())
                .filteredOn(finding -> !finding.isGood())
                .singleElement()
                .satisfies(finding -> assertThat(finding.text()).contains("secrets is no field here"));
    }

    /** Of SQLite the files themselves, write-ahead log included; of PostgreSQL every value of every table. */
    @Test
    void no_secret_lies_in_the_database_in_clear() throws Exception {
        String stored = new String(kind == TestDatabase.SQLITE ? files() : rows(), StandardCharsets.ISO_8859_1);
        assertThat(stored).contains("our key pk_7", "sk-cana");
        assertThat(stored).doesNotContain("canary-of-the-store");
        for (int i = 0; i < KEYS; i++) {
            assertThat(stored).doesNotContain(value(i).substring(8));
        }
    }

    private byte[] files() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int logs = 0;
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                bytes.write(Files.readAllBytes(file));
                logs += file.toString().endsWith("-wal") ? 1 : 0;
            }
        }
        assertThat(logs).isEqualTo(1);
        return bytes.toByteArray();
    }

    private byte[] rows() {
        StringBuilder rows = new StringBuilder();
        for (String table :
                Stream.concat(Backup.TABLES.stream(), Backup.LEFT_OUT.stream()).toList()) {
            database.reader().useHandle(handle -> handle.createQuery("SELECT * FROM " + table)
                    .mapToMap()
                    .forEach(row -> rows.append(row).append('\n')));
        }
        return rows.toString().getBytes(StandardCharsets.ISO_8859_1);
    }
}
