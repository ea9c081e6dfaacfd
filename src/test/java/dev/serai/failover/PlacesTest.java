package dev.serai.failover;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Places of a provider, under whatever comes, waits, gives up and leaves. */
class PlacesTest {
    private static final long PATIENCE_SECONDS = 60;

    /** Somebody who waits. */
    private static final class Guest implements Places.Turn {
        private final Street street;
        private final boolean comes;
        private int told;

        Guest(Street street, boolean comes) {
            this.street = street;
            this.comes = comes;
        }

        @Override
        public boolean come() {
            told++;
            assertThat(street.line.remove(0)).as("first come, first served").isSameAs(this);
            if (comes) {
                street.inside++;
            }
            return comes;
        }
    }

    /** A world that a number stands for, with what ought to be true in it. */
    private static final class Street {
        final Random random;
        int limit;
        final Places places;
        final List<Guest> line = new ArrayList<>();
        final List<Guest> guests = new ArrayList<>();
        int inside;

        Street(long seed) {
            random = new Random(seed);
            limit = 1 + random.nextInt(4);
            places = new Places(() -> limit);
        }

        void enter() {
            boolean taken = places.take();
            assertThat(taken).isEqualTo(inside < limit && line.isEmpty());
            if (taken) {
                inside++;
            } else if (random.nextInt(4) > 0) {
                join();
            }
        }

        /** Whoever was told that there is no place may come a little later, when there is one. */
        void join() {
            Guest guest = new Guest(this, random.nextInt(5) > 0);
            boolean room = line.size() < limit;
            line.add(guest);
            if (places.join(guest)) {
                guests.add(guest);
            } else {
                assertThat(line.remove(line.size() - 1)).isSameAs(guest);
                assertThat(room).as("sent away although the line is short").isFalse();
            }
        }

        void giveUp() {
            if (guests.isEmpty()) {
                return;
            }
            Guest guest = guests.get(random.nextInt(guests.size()));
            boolean waits = line.remove(guest);
            assertThat(places.giveUp(guest)).isEqualTo(waits);
            if (waits) {
                guest.told++;
            }
        }

        void leave() {
            if (inside > 0) {
                inside--;
                places.leave();
            }
        }

        void build() {
            limit++;
            enter(); // who comes next sees it
        }

        void check() {
            assertThat(places.taken()).isEqualTo(inside).isLessThanOrEqualTo(limit);
            assertThat(line.isEmpty() || inside == limit)
                    .as("somebody waits while a place is free")
                    .isTrue();
        }
    }

    @Property(tries = 5_000)
    void nobody_waits_while_a_place_is_free_and_everybody_is_answered_once(@ForAll long seed) {
        Street street = new Street(seed);
        for (int step = 0; step < 60; step++) {
            switch (street.random.nextInt(12)) {
                case 0 -> street.build();
                case 1, 2 -> street.giveUp();
                case 3, 4, 5, 6 -> street.leave();
                case 7 -> street.join();
                default -> street.enter();
            }
            street.check();
        }
        while (street.inside > 0) {
            street.leave();
        }
        street.check();
        assertThat(street.guests).allMatch(guest -> guest.told == 1);
    }

    /** Threads that enter, wait, give up and leave as they like; a wake-up that is lost ends in a thread that waits for ever. */
    @Test
    void no_turn_is_lost_between_threads() throws Exception {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        int waits = 0;
        Places places = new Places(() -> 2);
        Runnable visit = () -> {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            for (int i = 0; i < 100; i++) {
                Thread.onSpinWait();
            }
            inside.decrementAndGet();
            places.leave();
        };
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<Integer>> all = new ArrayList<>();
            for (int seed : List.of(1, 2, 3, 4)) {
                all.add(threads.submit(() -> visitOften(places, visit, new Random(seed))));
            }
            for (Future<Integer> one : all) {
                waits += one.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(most.get()).isBetween(1, 2);
        assertThat(places.taken()).isZero();
        assertThat(waits).as("somebody had to wait, else this tests nothing").isPositive();
    }

    /** How often it had to wait. */
    private static int visitOften(Places places, Runnable visit, Random random) throws InterruptedException {
        int waits = 0;
        for (int i = 0; i < 20_000; i++) {
            if (places.take()) {
                visit.run();
            } else {
                waits += waitAndVisit(places, visit, random.nextInt(3) == 0);
            }
        }
        return waits;
    }

    private static int waitAndVisit(Places places, Runnable visit, boolean inHurry) throws InterruptedException {
        CountDownLatch turn = new CountDownLatch(1);
        AtomicInteger told = new AtomicInteger();
        Places.Turn waiting = () -> {
            told.incrementAndGet();
            turn.countDown();
            return true;
        };
        if (!places.join(waiting)) {
            return 0;
        }
        if (!inHurry || !places.giveUp(waiting)) {
            turn.await();
            visit.run();
            assertThat(told).hasValue(1);
        }
        return 1;
    }
}
