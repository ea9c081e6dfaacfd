package dev.serai.store;

import java.sql.SQLException;
import java.sql.SQLTransientException;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;

/** Tells a database that is away from one that was asked for something wrong. */
final class Failures {
    private Failures() {}

    /** What is told of a failure. JDBI's message shows the values of the statement, and therefore does not go on. */
    static StoreException of(JdbiException failure) {
        return told(failure);
    }

    /** The same for a statement that JDBI does not know. */
    static StoreException of(SQLException failure) {
        return told(failure);
    }

    private static StoreException told(Exception failure) {
        SQLException cause = sql(failure);
        String reason = cause == null ? failure.getClass().getSimpleName() : String.valueOf(cause.getMessage());
        return isAway(failure)
                ? new StoreAwayException("the store cannot be reached: " + reason, cause)
                : new StoreException("the store refused a statement: " + reason, cause);
    }

    static boolean isAway(Throwable failure) {
        SQLException cause = sql(failure);
        if (failure instanceof ConnectionException || cause instanceof SQLTransientException) {
            return true;
        }
        if (cause == null) {
            return false;
        }
        String state = String.valueOf(cause.getSQLState());
        return state.startsWith("08")
                || state.startsWith("53")
                || state.startsWith("57")
                || state.equals("55P03")
                || state.startsWith("25")
                || isOfSqlite(cause.getErrorCode() & 0xff, cause);
    }

    /** The codes of SQLite that speak of the file and not of the statement. */
    private static boolean isOfSqlite(int code, SQLException cause) {
        return cause instanceof org.sqlite.SQLiteException
                && (code == SQLiteErrorCode.SQLITE_BUSY.code
                        || code == SQLiteErrorCode.SQLITE_LOCKED.code
                        || code == SQLiteErrorCode.SQLITE_FULL.code
                        || code == SQLiteErrorCode.SQLITE_IOERR.code
                        || code == SQLiteErrorCode.SQLITE_CANTOPEN.code
                        || code == SQLiteErrorCode.SQLITE_READONLY.code);
    }

    private static @Nullable SQLException sql(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return sql;
            }
        }
        return null;
    }
}
