package dev.serai.sandbox;

import dev.serai.sandbox.Script.Answer;
import dev.serai.sandbox.Script.Stall;
import io.vertx.core.buffer.Buffer;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a stream does next. After the last cue it ends.
 *
 * @param afterMillis how long to wait before doing it
 * @param bytes       what to send; null to break off instead
 */
record Cue(long afterMillis, @Nullable Buffer bytes) {
    /** The cues of a whole answer, each made when it is asked for: an answer may be as long as a request. */
    static Iterator<Cue> answering(Answer answer, EventWriter events) {
        return Stream.concat(begin(answer, events), later(events::closing)).iterator();
    }

    static Iterator<Cue> stalling(Stall stall, EventWriter events) {
        Cue breakOff = new Cue(stall.silenceMillis(), null);
        return Stream.concat(begin(stall.opening(), events), Stream.of(breakOff))
                .iterator();
    }

    private static Stream<Cue> begin(Answer answer, EventWriter events) {
        Stream<Cue> pieces = answer.pieces().map(piece -> new Cue(answer.pauseMillis(), events.piece(piece)));
        return Stream.concat(later(events::opening), pieces);
    }

    /** Events are numbered as they are made, so those at the end are not made before their time. */
    private static Stream<Cue> later(Supplier<List<Buffer>> events) {
        return Stream.of(events).flatMap(made -> made.get().stream()).map(bytes -> new Cue(0, bytes));
    }
}
