package dev.serai.failover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.selection.Candidate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;

/** Any plan against any faults under any rules, in virtual time. */
class CoursePropertyTest {
    private static final List<Fault> FAULTS = List.of(Fault.values());
    private static final List<Action> ACTIONS = List.of(Action.values());

    private static final long THREE_SECONDS_NANOS = Duration.ofSeconds(3).toNanos();

    /** A world that a number stands for. */
    private static final class World {
        final Random random;
        final Clocks clocks;
        final FailoverPolicy policy;
        final Failover failover;
        final long pace;
        long nanos;

        World(long seed) {
            random = new Random(seed);
            clocks = new Clocks(millis(200_000), millis(90_000));
            policy = policy();
            pace = random.nextBoolean() ? Duration.ofMillis(500).toNanos() : Long.MAX_VALUE; // quick failures or any
            nanos = random.nextLong(); // a clock may run over
            failover = new Failover(() -> policy, clocks, () -> nanos, random::nextDouble);
        }

        Duration millis(int most) {
            return Duration.ofMillis(1 + random.nextInt(most));
        }

        private FailoverPolicy policy() {
            Map<Fault, Action> actions = new EnumMap<>(Fault.class);
            FailoverLoader.CHOICES.forEach(fault -> actions.put(fault, ACTIONS.get(random.nextInt(ACTIONS.size()))));
            actions.put(Fault.LEFT_ALONE, Action.NEXT);
            Map<Fault, Duration> rests = new EnumMap<>(Fault.class);
            rests.put(Fault.RATE_LIMITED, millis(60_000));
            rests.put(Fault.QUOTA_EXHAUSTED, millis(600_000));
            rests.put(Fault.CREDENTIAL_REFUSED, millis(600_000));
            return new FailoverPolicy(
                    actions,
                    new FailoverPolicy.Retry(millis(1_000), millis(20_000), random.nextDouble()),
                    rests,
                    Rescue.OFF,
                    null,
                    Trip.SHIPPED.breaker());
        }

        /** Up to eight candidates of few names, no two the same. */
        String plan() {
            List<String> all = new ArrayList<>();
            for (String target : List.of("a:x", "a:y", "a:z", "b:x", "c:z")) {
                all.add(target + "#1");
                all.add(target + "#2");
            }
            Collections.shuffle(all, random);
            return String.join(" ", all.subList(0, 1 + random.nextInt(8)));
        }

        @Nullable
        Duration retryAfter() {
            return random.nextInt(3) == 0 ? millis(30_000) : null;
        }
    }

    /** What one request did. */
    private record Journey(List<Candidate> asked, List<Integer> retries, Duration took, boolean answered) {}

    private record Failure(String provider, long nanos) {}

    private static Journey travel(World world, String plan) {
        long start = world.nanos;
        Course course = world.failover.begin(Trip.plan(plan), Wishes.NONE);
        List<Candidate> asked = new ArrayList<>();
        List<Integer> retries = new ArrayList<>();
        List<Failure> failures = new ArrayList<>();
        boolean answered = false;
        boolean goesOn = true;
        while (goesOn) {
            assertThat(course.hasNext()).as("what goes on has somebody to ask").isTrue();
            assertThat(course.timeLeft()).as("nothing begins when time is up").isPositive();
            Candidate candidate = course.next();
            asked.add(candidate);
            String provider = asked.get(asked.size() - 1).provider().id();
            assertThat(failures.stream()
                            .filter(failure -> failure.provider().equals(provider))
                            .filter(failure -> world.nanos - failure.nanos() < THREE_SECONDS_NANOS))
                    .as("a failing provider is asked four times in three seconds at most")
                    .hasSizeLessThan(4);
            if (asked.size() > 1 && asked.get(asked.size() - 2).equals(asked.get(asked.size() - 1))) {
                retries.add(asked.size() - 1);
            }
            long limit = course.attemptLimit().toNanos();
            world.nanos += (long) (world.random.nextDouble() * Math.min(limit, world.pace));
            if (world.random.nextInt(8) == 0) {
                course.answered(candidate);
                answered = true;
                break;
            }
            Fault fault = FAULTS.get(world.random.nextInt(FAULTS.size()));
            if (fault.isProvidersFault()) {
                failures.add(new Failure(asked.get(asked.size() - 1).provider().id(), world.nanos));
            }
            Verdict verdict = course.failed(candidate, fault, world.retryAfter());
            world.nanos += verdict.delay().toNanos();
            goesOn = verdict.goesOn();
        }
        return new Journey(asked, retries, Duration.ofNanos(world.nanos - start), answered);
    }

    @Property(tries = 20_000)
    void a_request_ends_in_time_asks_nobody_twice_but_for_a_retry_and_keeps_the_order(@ForAll long seed) {
        World world = new World(seed);
        for (int request = 0; request < 3; request++) {
            String plan = world.plan();
            List<String> planned = List.of(plan.split(" ", -1));
            Journey journey = travel(world, plan);
            assertThat(journey.took()).isLessThanOrEqualTo(world.clocks.total());
            Map<String, Integer> times = new TreeMap<>();
            journey.asked().forEach(candidate -> times.merge(Trip.name(candidate), 1, Integer::sum));
            assertThat(times.values()).allMatch(count -> count <= 2);
            assertThat(planned).containsAll(times.keySet());
            assertThat(times.values().stream().filter(count -> count == 2).count())
                    .as("who is asked twice is asked twice in a row")
                    .isEqualTo(journey.retries().size());
            if (request == 0) { // no key rests yet
                assertThat(positions(planned, journey)).isSorted();
            }
        }
    }

    private static List<Integer> positions(List<String> planned, Journey journey) {
        return journey.asked().stream()
                .map(candidate -> planned.indexOf(Trip.name(candidate)))
                .toList();
    }

    @Property(tries = 5_000)
    void resting_keys_move_behind_the_others_and_both_keep_their_order(@ForAll long seed) {
        World world = new World(seed);
        travel(world, world.plan());
        String plan = world.plan();
        List<String> expected = new ArrayList<>();
        List<String> resting = new ArrayList<>();
        for (String name : plan.split(" ", -1)) {
            (world.failover.rests().isResting(Trip.candidate(name)) ? resting : expected).add(name);
        }
        expected.addAll(resting);
        List<Integer> positions = positions(expected, travel(world, plan));
        assertThat(positions).isSorted();
    }
}
