package dev.serai.store;

import dev.serai.control.ProviderKey;
import dev.serai.control.ProviderKeyValue;
import dev.serai.secrets.Owner;
import dev.serai.secrets.SealException;
import dev.serai.secrets.Vault;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/** Looks whether a store is sound: the file, the schema, the references, the documents, and whether the master keys open what is sealed. */
public final class StoreCheck {
    private static final int MAX_TOLD = 10;

    private final Store store;
    private final @Nullable Vault vault;

    /**
     * A look at this store.
     *
     * @param vault null if there is no master key
     */
    public StoreCheck(Store store, @Nullable Vault vault) {
        this.store = store;
        this.vault = vault;
    }

    /**
     * What was found of one thing.
     *
     * @param isGood whether nothing is to be done
     * @param text   for an operator; shows no secret
     */
    public record Finding(String subject, boolean isGood, String text) {}

    /** Everything, in a fixed order. A thing that cannot be looked at is a finding, too. */
    public List<Finding> run() {
        List<Finding> findings = new ArrayList<>();
        Finding schema = attempt("schema", this::schema);
        findings.add(schema);
        if (schema.isGood()) {
            findings.add(attempt("integrity", () -> ofDatabase("integrity", StoreCheck::integrity)));
            findings.add(attempt("references", () -> ofDatabase("references", StoreCheck::references)));
            findings.add(attempt("documents", this::documents));
            findings.add(attempt("provider-keys", this::providerKeys));
            findings.add(attempt("credits", this::credits));
        }
        return findings;
    }

    private static Finding attempt(String subject, Supplier<Finding> look) {
        try {
            return look.get();
        } catch (StoreException | DocumentException | IllegalArgumentException e) {
            return new Finding(subject, false, String.valueOf(e.getMessage()));
        }
    }

    private Finding schema() {
        Migrations.State state = new Migrations(store.database()).state();
        String text = state.found() == null
                ? "there is none yet: serai store migrate"
                : state.isCurrent()
                        ? "version " + state.known()
                        : state.isNewer()
                                ? "version " + state.found() + ", made by a newer Serai; this one knows "
                                        + state.known()
                                : "version " + state.found() + ", and " + state.known()
                                        + " is current: serai store migrate";
        return new Finding("schema", state.isCurrent(), text);
    }

    /** What one of the two kinds of databases is asked. */
    private interface Question {
        List<String> problems(Handle handle, boolean isPostgres);
    }

    private Finding ofDatabase(String subject, Question question) {
        boolean isPostgres = store.database().isPostgres();
        try {
            List<String> problems =
                    store.database().reader().inTransaction(handle -> question.problems(handle, isPostgres));
            return finding(subject, problems, "nothing wrong");
        } catch (JdbiException e) {
            throw Failures.of(e);
        }
    }

    /** PostgreSQL checks what it reads against its checksums, if it was set up with them. */
    private static List<String> integrity(Handle handle, boolean isPostgres) {
        if (isPostgres) {
            Stream.concat(Backup.TABLES.stream(), Backup.LEFT_OUT.stream()).forEach(table -> handle.createQuery(
                            "SELECT count(*) FROM (SELECT * FROM " + table + " OFFSET 0) t")
                    .mapTo(Long.class)
                    .one());
            return List.of();
        }
        List<String> told = handle.createQuery("PRAGMA integrity_check(" + MAX_TOLD + ")")
                .mapTo(String.class)
                .list();
        return told.equals(List.of("ok")) ? List.of() : told;
    }

    private static List<String> references(Handle handle, boolean isPostgres) {
        if (isPostgres) {
            return handle.createQuery("SELECT CAST(CAST(conrelid AS regclass) AS TEXT) || '.' || conname"
                            + " FROM pg_constraint WHERE contype = 'f' AND NOT convalidated")
                    .mapTo(String.class)
                    .list();
        }
        return handle.createQuery("PRAGMA foreign_key_check")
                .map((result, context) -> "row " + result.getLong("rowid") + " of " + result.getString("table")
                        + " refers to a row of " + result.getString("parent") + " that is not there")
                .list();
    }

    /** Whether every row makes an object. */
    private Finding documents() {
        int objects = store.read(session -> session.accounts().all().size()
                + session.apiKeys().all().size()
                + session.accessKeys().all().size()
                + session.configurations().all().size()
                + session.customProviders().all().size()
                + session.providerKeys().all().size()
                + session.gatewayConfigs().all().size());
        return new Finding("documents", true, objects + " objects can be read");
    }

    private Finding providerKeys() {
        List<String> problems = new ArrayList<>();
        int opened = 0;
        int old = 0;
        for (ProviderKey key : store.read(session -> session.providerKeys().all())) {
            if (key.value() instanceof ProviderKeyValue.Kept kept) {
                if (vault == null) {
                    problems.add(key.id() + " of " + key.accountId() + ": there is no master key");
                    continue;
                }
                try {
                    vault.open(kept.sealed(), Owner.providerKey(key.accountId(), key.id()));
                    opened++;
                    old += vault.isCurrent(kept.sealed()) ? 0 : 1;
                } catch (SealException e) {
                    problems.add(key.id() + " of " + key.accountId() + ": " + e.getMessage());
                }
            }
        }
        return finding(
                "provider-keys",
                problems,
                opened + " can be opened"
                        + (old == 0 ? "" : ", " + old + " of them by an older key: serai secrets rotate"));
    }

    private Finding credits() {
        List<Finding> found = new LedgerCheck(store.database()).run();
        List<String> problems = found.stream()
                .filter(one -> !one.isGood())
                .map(one -> one.subject() + ": " + one.text())
                .toList();
        return finding("credits", problems, found.size() + " rules of the books hold");
    }

    static Finding finding(String subject, List<String> problems, String good) {
        if (problems.isEmpty()) {
            return new Finding(subject, true, good);
        }
        String more = problems.size() > MAX_TOLD ? "; and " + (problems.size() - MAX_TOLD) + " more" : "";
        return new Finding(
                subject, false, String.join("; ", problems.subList(0, Math.min(MAX_TOLD, problems.size()))) + more);
    }
}
