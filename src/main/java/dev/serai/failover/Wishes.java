package dev.serai.failover;

import dev.serai.config.DurationText;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a request wants of failing over, from its header {@code x-serai-failover}: {@code attempts=2, total=30s, attempt=10s,
 * rate-limited=stop}, or {@code off}. A request can shorten the operator's clocks, never lengthen them.
 *
 * @param actions  what to do after a fault, in the place of the operator's choice
 * @param attempts how many may begin
 * @param total    the total clock, if it shall be shorter; likewise the others
 * @param attempt  to the whole answer, or to the first content of a stream
 * @param idle     between two content events
 * @param stream   from the first content of a stream to its end
 * @param connect  to a connection with the provider
 * @param rescue   what is done for a stream that breaks, in the place of the operator's choice; null for no wish
 * @param hedge    how long to wait before the next candidate is asked too, in the place of the operator's choice; zero for not at all,
 *     null for no wish
 */
public record Wishes(
        Map<Fault, Action> actions,
        int attempts,
        @Nullable Duration total,
        @Nullable Duration attempt,
        @Nullable Duration idle,
        @Nullable Duration stream,
        @Nullable Duration connect,
        @Nullable Rescue rescue,
        @Nullable Duration hedge) {
    /** Nothing in particular. */
    public static final Wishes NONE = new Wishes(Map.of(), Integer.MAX_VALUE, null, null, null, null, null, null, null);

    /** The header, in lower case. */
    public static final String HEADER = "x-serai-failover";

    private static final String OFF = "off";
    private static final int MAX_LENGTH = 1_000;

    public Wishes {
        actions = Map.copyOf(actions);
    }

    /** @throws IllegalArgumentException saying what cannot be understood */
    public static Wishes parse(String header) {
        if (header.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("is longer than " + MAX_LENGTH + " characters");
        }
        String text = header.strip();
        if (text.equals(OFF)) {
            return new Wishes(Map.of(), 1, null, null, null, null, null, Rescue.OFF, Duration.ZERO);
        }
        Map<Fault, Action> actions = new EnumMap<>(Fault.class);
        int attempts = Integer.MAX_VALUE;
        Duration total = null;
        Duration attempt = null;
        Duration idle = null;
        Duration stream = null;
        Rescue rescue = null;
        Duration hedge = null;
        for (String part : text.split(",", -1)) {
            int equals = part.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException("has '" + part.strip() + "', which is no name=value");
            }
            String name = part.substring(0, equals).strip();
            String value = part.substring(equals + 1).strip();
            switch (name) {
                case "attempts" -> attempts = count(value);
                case "total" -> total = DurationText.parse(value);
                case "attempt" -> attempt = DurationText.parse(value);
                case "idle" -> idle = DurationText.parse(value);
                case "stream" -> stream = DurationText.parse(value);
                case "hedge" -> hedge = value.equals(OFF) ? Duration.ZERO : DurationText.parse(value);
                case "rescue" -> rescue = rescue(value);
                default -> actions.put(fault(name), action(value));
            }
        }
        return new Wishes(actions, attempts, total, attempt, idle, stream, null, rescue, hedge);
    }

    private static int count(String value) {
        if (!value.matches("[1-9]\\d{0,2}")) {
            throw new IllegalArgumentException("has attempts=" + value + ", which is no number from 1 to 999");
        }
        return Integer.parseInt(value);
    }

    private static Fault fault(String name) {
        Fault fault = Labels.find(Fault.values(), Fault::label, name);
        if (fault == null || !FailoverLoader.CHOICES.contains(fault)) {
            throw new IllegalArgumentException("has '" + name + "', which is no fault with a choice");
        }
        return fault;
    }

    private static Rescue rescue(String value) {
        Rescue rescue = Labels.find(Rescue.values(), Rescue::label, value);
        if (rescue == null) {
            throw new IllegalArgumentException(
                    "has rescue=" + value + ", which is neither off nor continue nor buffered");
        }
        return rescue;
    }

    private static Action action(String value) {
        Action action = Labels.find(Action.values(), Action::label, value);
        if (action == null) {
            throw new IllegalArgumentException("has '" + value + "', which is no action");
        }
        return action;
    }

    /**
     * What a request wants where this holds already: the shorter clocks, the fewer attempts; and in all else the request's wish, if it has
     * one.
     */
    public Wishes and(Wishes request) {
        if (request.equals(NONE)) {
            return this;
        }
        if (equals(NONE)) {
            return request;
        }
        Map<Fault, Action> both = new HashMap<>(actions);
        both.putAll(request.actions);
        return new Wishes(
                both,
                Math.min(attempts, request.attempts),
                shortest(total, request.total),
                shortest(attempt, request.attempt),
                shortest(idle, request.idle),
                shortest(stream, request.stream),
                shortest(connect, request.connect),
                request.rescue == null ? rescue : request.rescue,
                request.hedge == null ? hedge : request.hedge);
    }

    private static @Nullable Duration shortest(@Nullable Duration one, @Nullable Duration other) {
        return one == null || (other != null && other.compareTo(one) < 0) ? other : one;
    }

    Duration total(Clocks clocks) {
        return shorter(clocks.total(), total);
    }

    Duration attempt(Clocks clocks) {
        return shorter(clocks.attempt(), attempt);
    }

    private static Duration shorter(Duration allowed, @Nullable Duration wished) {
        return wished == null || wished.compareTo(allowed) > 0 ? allowed : wished;
    }
}
