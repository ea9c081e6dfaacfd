package dev.serai.store;

import java.util.Map;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.jspecify.annotations.Nullable;

/** The versions of the schema, and the way from one to the next: the files {@code serai/migrations/V<n>__….sql}. */
public final class Migrations {
    private static final String LOCATION = "classpath:serai/migrations";
    private static final String TABLE = "serai_schema";

    private final Database database;

    public Migrations(Database database) {
        this.database = database;
    }

    /**
     * Which schema is there, and which belongs there.
     *
     * @param found null if there is none yet
     * @param known the newest that this program knows
     */
    public record State(@Nullable String found, String known) {
        /** Whether nothing is to be done. */
        public boolean isCurrent() {
            return known.equals(found);
        }

        /** Whether a newer Serai was here. */
        public boolean isNewer() {
            return found != null
                    && MigrationVersion.fromVersion(found).compareTo(MigrationVersion.fromVersion(known)) > 0;
        }
    }

    /** @throws StoreException if the database cannot be asked */
    public State state() {
        try {
            Flyway flyway = configured().load();
            MigrationInfo current = flyway.info().current();
            String known = "0";
            for (MigrationInfo migration : flyway.info().all()) {
                if (migration.getScript() != null
                        && migration.getPhysicalLocation() != null
                        && !migration.getPhysicalLocation().isEmpty()) {
                    known = String.valueOf(migration.getVersion());
                }
            }
            return new State(current == null ? null : String.valueOf(current.getVersion()), known);
        } catch (FlywayException e) {
            throw failed(e);
        }
    }

    /**
     * Brings the schema to the newest version. Nodes that start at the same time wait for each other.
     *
     * @return how many steps were taken
     * @throws StoreException if the database is newer than this program, or the schema is not Serai's
     */
    public int migrate() {
        return migrateTo("latest");
    }

    /** Brings the schema to this version. */
    int migrateTo(String version) {
        State state = state();
        if (state.isNewer()) {
            throw new StoreException("the store has the schema " + state.found()
                    + ", which a newer Serai made; this one knows " + state.known()
                    + " and older ones. Start the newer Serai, or restore a backup that is old enough");
        }
        try {
            return configured().target(version).load().migrate().migrationsExecuted;
        } catch (FlywayException e) {
            throw failed(e);
        }
    }

    private FluentConfiguration configured() {
        return Flyway.configure(Migrations.class.getClassLoader())
                .dataSource(database.unpooled())
                .locations(LOCATION)
                .table(TABLE)
                .loggers("slf4j")
                .failOnMissingLocations(true)
                .validateMigrationNaming(true)
                .placeholders(Map.of(
                        "in_parts", UsageParts.clause(database), "rest_of_parts", UsageParts.restStatement(database)))
                .cleanDisabled(true);
    }

    private StoreException failed(FlywayException e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        String message =
                "the schema of the store (" + database.url() + ") cannot be brought up to date: " + cause.getMessage();
        return Failures.isAway(e) ? new StoreAwayException(message, e) : new StoreException(message, e);
    }
}
