package dev.serai.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.serai.catalog.UsageTotals;
import dev.serai.json.JsonDocument;
import dev.serai.json.JsonException;
import dev.serai.sse.SseException;
import dev.serai.sse.SseReader;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One stream, run through a dialect: what the client saw and what the reading says of it. */
record StreamRun(ByteArrayOutputStream out, List<StreamReading.Kind> kinds, StreamReading reading, boolean unfinished) {
    static StreamRun of(Dialect dialect, boolean wantsUsage, byte[] stream, int chunk)
            throws SseException, JsonException {
        JsonDocument body = JsonDocument.parse("{\"model\":\"m\",\"stream\":true}".getBytes(UTF_8));
        StreamReading reading = dialect.openStream(
                new ModelRequest(dialect.id(), List.of("m"), true, wantsUsage, body), UsageTotals.of(dialect.id()));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        List<StreamReading.Kind> kinds = new ArrayList<>();
        SseReader reader = new SseReader(32 * 1024 * 1024);
        for (int from = 0; from < stream.length; from += chunk) {
            byte[] bytes = Arrays.copyOfRange(stream, from, Math.min(from + chunk, stream.length));
            reader.feed(bytes, event -> kinds.add(reading.on(event, (b, f, t) -> out.write(b, f, t - f))));
        }
        return new StreamRun(out, kinds, reading, reader.end());
    }

    byte[] client() {
        return out.toByteArray();
    }

    String outcome() {
        return "kinds: " + String.join(" ", kinds.stream().map(Enum::name).toList()) + "\ncomplete: "
                + reading.isComplete() + "\nfailure: " + reading.failure() + "\nusage: " + reading.usage() + "\n";
    }
}
