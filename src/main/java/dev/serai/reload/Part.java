package dev.serai.reload;

import dev.serai.config.ConfigurationException;
import dev.serai.config.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A part of the configuration that is read from files of its own, and taken or refused as a whole. Keeps the last good value.
 * Blocks; used by one thread at a time.
 *
 * @param <T> immutable
 */
public final class Part<T> {
    /** Reads the files. */
    public interface Reading<T> {
        /**
         * The value that the files give now.
         *
         * @param inForce the value so far; null at the start
         * @throws ConfigurationException with everything that is wrong in the files
         */
        T read(@Nullable T inForce) throws ConfigurationException, IOException;
    }

    /** Puts a value in force in place of another. */
    interface Taking<T> {
        /** @throws Exception if that is impossible; then the old value is still in force */
        void take(T before, T now) throws Exception;
    }

    private final String name;
    private final WatchedFiles files;
    private final Reading<T> reading;
    private Map<Path, String> judged;
    private T inForce;
    private volatile List<Problem> problems = List.of();

    /**
     * Reads the files for the first time.
     *
     * @param name   for logs and metrics
     * @param places files and folders that {@code reading} reads
     */
    public Part(String name, Collection<Path> places, Clock clock, Reading<T> reading)
            throws ConfigurationException, IOException {
        this.name = name;
        this.files = new WatchedFiles(places, clock);
        this.reading = reading;
        this.judged = files.state();
        this.inForce = reading.read(null);
    }

    String name() {
        return name;
    }

    /** The last good value. */
    public T inForce() {
        return inForce;
    }

    /** What is wrong with the files as they were when last judged; empty if what they say is in force. */
    List<Problem> problems() {
        return problems;
    }

    /**
     * Reads the files again if they have changed since they were judged. Files that change meanwhile are left to the next look.
     *
     * @param settle how long changed files must stay as they are before they are read: an editor may still be writing
     */
    void look(Duration settle, Taking<T> taking, ReloadLog log) {
        Map<Path, String> found = files.state();
        if (found.equals(judged)) {
            return;
        }
        LockSupport.parkNanos(settle.toNanos());
        if (found.equals(files.state())) {
            judge(found, taking, log);
        }
    }

    private void judge(Map<Path, String> found, Taking<T> taking, ReloadLog log) {
        List<Problem> before = problems;
        try {
            T now = reading.read(inForce);
            if (!found.equals(files.state())) {
                return;
            }
            taking.take(inForce, now);
            inForce = now;
            problems = List.of();
        } catch (ConfigurationException e) {
            if (!found.equals(files.state())) {
                return;
            }
            problems = e.problems();
            log.refused(name, problems, before);
        } catch (Exception e) {
            problems = List.of(new Problem(name, 0, "cannot be reloaded: " + e));
            log.failed(name, e);
        }
        judged = found;
    }
}
