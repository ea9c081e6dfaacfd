package dev.serai.credits;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Balances and leases as the store keeps them, as simply as can be. */
public final class LeasesInMemory implements Leases {
    private final Map<String, Long> balances = new HashMap<>();
    private final Map<String, Map<String, Long>> leased = new HashMap<>();
    private final List<String> wanted = new ArrayList<>();
    private boolean away;
    private int asked;

    public void grant(String account, long nanos) {
        balances.merge(account, nanos, Long::sum);
    }

    /** A charge, as a settlement makes it. */
    public synchronized Standing charge(String account, String node, long nanos) {
        long before = balances.getOrDefault(account, 0L);
        balances.put(account, before - nanos);
        long left = Math.max(0, of(account).getOrDefault(node, 0L) - nanos);
        of(account).put(node, left);
        return new Standing(account, left, before - nanos, before, before);
    }

    public void away(boolean is) {
        away = is;
    }

    public int asked() {
        return asked;
    }

    public synchronized long leased(String account) {
        return of(account).values().stream().mapToLong(Long::longValue).sum();
    }

    private Map<String, Long> of(String account) {
        return leased.computeIfAbsent(account, first -> new HashMap<>());
    }

    @Override
    public synchronized Lease lease(String account, String node, long wantedNanos, Instant now, Instant until) {
        check();
        asked++;
        long balance = balances.getOrDefault(account, 0L);
        long free = Math.max(0, balance - leased(account));
        long given = Math.min(free, Math.max(wantedNanos, wantedNanos == 0 ? 0 : free / 4));
        if (given < wantedNanos) {
            wanted.add(account);
        }
        of(account).merge(node, given, Long::sum);
        return new Lease(account, of(account).getOrDefault(node, 0L), balance);
    }

    @Override
    public synchronized Lease giveBack(String account, String node, long nanos) {
        check();
        of(account).merge(node, -Math.min(nanos, of(account).getOrDefault(node, 0L)), Long::sum);
        return new Lease(account, of(account).getOrDefault(node, 0L), balances.getOrDefault(account, 0L));
    }

    @Override
    public synchronized void endLeases(String node) {
        check();
        leased.values().forEach(nodes -> nodes.remove(node));
    }

    @Override
    public synchronized List<String> wanted(Instant since) {
        check();
        List<String> told = List.copyOf(wanted);
        wanted.clear();
        return told;
    }

    private void check() {
        if (away) {
            throw new IllegalStateException("the store is away");
        }
    }
}
