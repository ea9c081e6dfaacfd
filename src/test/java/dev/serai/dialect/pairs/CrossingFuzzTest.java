package dev.serai.dialect.pairs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.conversation.ChatEvent;
import dev.serai.conversation.EventGrammar;
import dev.serai.dialect.ChatCodec.EncodedError;
import dev.serai.dialect.CodecException;
import dev.serai.dialect.ModelRequest;
import dev.serai.dialect.ReplySource;
import dev.serai.dialect.StreamDecoder;
import dev.serai.dialect.StreamReading;
import dev.serai.dialect.UnusableReplyException;
import dev.serai.error.GatewayException;
import dev.serai.json.JsonDocument;
import dev.serai.json.JsonException;
import dev.serai.sse.SseException;
import dev.serai.sse.SseReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Whatever a client or a provider sends, nothing but {@link CodecException} comes out, and what is translated is JSON, and a legal stream,
 * that a client of its dialect can read. Runs for {@code serai.fuzz.seconds}: always the same inputs in a test run, {@code make fuzz} others each time.
 */
class CrossingFuzzTest {
    private static final Path ROOT = Path.of("src/test/resources/pairs");
    private static final List<Wire> WIRES = List.of(Wire.values());
    private static final long SECONDS = Long.getLong("serai.fuzz.seconds", 10);
    private static final long FIRST_SEED = Long.getLong("serai.fuzz.seed", 0);

    private final Map<String, Integer> counts = new TreeMap<>();
    private final Map<Wire, List<byte[]>> requests = sources("requests", ".json");
    private final Map<Wire, List<byte[]>> replies = sources("replies", ".json");
    private final Map<Wire, List<byte[]>> streams = sources("streams", ".sse");
    private final List<JsonNode> strange = Stream.of(requests, replies)
            .flatMap(kind -> kind.values().stream())
            .flatMap(List::stream)
            .map(body -> Recorded.parsed(new String(body, UTF_8)))
            .toList();

    @Test
    void nothing_that_comes_in_makes_a_translation_throw_or_write_what_nobody_can_read() throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(SECONDS).toNanos();
        long seed = FIRST_SEED;
        while (System.nanoTime() < end) {
            try {
                once(new Random(seed * 0x9E3779B97F4A7C15L));
            } catch (RuntimeException | AssertionError | StackOverflowError e) {
                throw new AssertionError("seed " + seed + " (-Dserai.fuzz.seed): " + e, e);
            }
            seed++;
        }
        System.out.println("bent, from seed " + FIRST_SEED + ": " + counts);
    }

    private void once(Random random) throws SseException {
        Wire from = WIRES.get(random.nextInt(WIRES.size()));
        Wire to = from.others().get(random.nextInt(3));
        Bent bent = new Bent(random, strange);
        switch (random.nextInt(4)) {
            case 0 -> request(from, to, bent.json(pick(requests, from, random)), random.nextBoolean());
            case 1 -> reply(from, to, bent.json(pick(replies, from, random)), random.nextBoolean());
            case 2 -> stream(from, to, bent.stream(pick(streams, from, random)));
            default -> error(from, to, bent.json(pick(replies, from, random)), 300 + random.nextInt(300));
        }
    }

    private static byte[] pick(Map<Wire, List<byte[]>> of, Wire wire, Random random) {
        List<byte[]> bodies = of.get(wire);
        return bodies.get(random.nextInt(bodies.size()));
    }

    private void request(Wire client, Wire provider, byte[] body, boolean stream) {
        ModelRequest request;
        try {
            request = client.dialect.readRequest(
                    JsonDocument.parse(body),
                    new dev.serai.dialect.RequestTarget("/v1beta/models/m:generateContent", "sse"));
        } catch (JsonException | GatewayException e) {
            count("requests that are none");
            return;
        }
        Crossing crossing;
        try {
            crossing = Crossing.of(client, provider, request);
        } catch (CodecException e) {
            refused("requests", e);
            return;
        }
        try {
            provider.codec.decodeRequest(
                    provider.request(crossing.translation().request().body(), stream));
            count("requests");
        } catch (CodecException e) {
            count("requests that the provider will refuse"); // what made no sense before makes none in another dialect
        }
    }

    private void refused(String what, CodecException e) {
        assertThat(e.getMessage()).isNotBlank().doesNotContain("\n");
        count(what + " that are refused");
    }

    private void reply(Wire provider, Wire client, byte[] body, boolean stream) throws SseException {
        byte[] written;
        try {
            written = Crossing.asking(client, provider, stream)
                    .translation()
                    .reply(body)
                    .encoded()
                    .body();
        } catch (CodecException e) {
            refused("replies", e);
            return;
        }
        if (stream) {
            legal(client, written);
        } else {
            try {
                client.dialect.readReply(
                        JsonDocument.parse(written), dev.serai.catalog.UsageTotals.of(client.dialect.id()));
                client.codec.decodeReply(written, ReplySource.of("m", client.dialect.id()));
            } catch (JsonException e) {
                throw new AssertionError(client + " does not read " + new String(written, UTF_8), e);
            } catch (UnusableReplyException | CodecException e) {
                // Only a reply without an answer is none.
                assertThat(e.getMessage()).containsAnyOf("no candidates", "no \"candidates\"");
            }
        }
        count("replies");
    }

    private void stream(Wire provider, Wire client, byte[] body) throws SseException {
        Crossing.Streamed streamed = Crossing.asking(client, provider, true).stream(body, Math.max(1, body.length));
        @Nullable ChatEvent last = legal(client, streamed.bytes());
        if (streamed.whole()) {
            assertThat(last).as(streamed.text()).isInstanceOf(ChatEvent.Ended.class);
            StreamReading reading = client.dialect.openStream(
                    client.request(client.question(true), true), dev.serai.catalog.UsageTotals.of(client.dialect.id()));
            new SseReader(32 << 20).feed(streamed.bytes(), event -> reading.on(event, (bytes, from, to) -> {}));
            assertThat(reading.isComplete()).as(streamed.text()).isTrue();
        }
        count(streamed.whole() ? "streams" : "streams that break off");
    }

    /** The last of the events that a client of the same dialect understands; null if there were none. */
    private static @Nullable ChatEvent legal(Wire client, byte[] stream) throws SseException {
        StreamDecoder decoder = client.codec.openDecoder(ReplySource.of("m", client.dialect.id()));
        List<ChatEvent> events = new ArrayList<>();
        new SseReader(32 << 20).feed(stream, event -> decoder.on(event, events::add));
        decoder.end(null, events::add);
        EventGrammar.check(events);
        return events.isEmpty() ? null : events.get(events.size() - 1);
    }

    private void error(Wire provider, Wire client, byte[] body, int status) {
        EncodedError error =
                Wire.TRANSLATOR.error(client.dialect.id(), provider.dialect.id(), status, body, null, "req_1");
        assertThat(error).isNotNull();
        assertThat(error.status()).isBetween(400, 599);
        JsonNode written = Recorded.parsed(new String(error.body(), UTF_8));
        assertThat(written.at("/error/message").asText()).isNotBlank();
        count("errors");
    }

    private static Map<Wire, List<byte[]>> sources(String kind, String suffix) {
        Map<Wire, List<byte[]>> sources = new TreeMap<>();
        try (Stream<Path> files = Files.walk(ROOT.resolve(kind))) {
            for (Path file : files.sorted().toList()) {
                for (Wire wire : Wire.values()) {
                    if (file.endsWith(wire.label() + suffix)) {
                        sources.computeIfAbsent(wire, key -> new ArrayList<>()).add(Files.readAllBytes(file));
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return sources;
    }

    private void count(String what) {
        counts.merge(what, 1, Integer::sum);
    }
}
