package dev.serai.sse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SseReaderTest {
    private static final String STREAM = """
            \ufeff: hello

            event: message_start
            data: {"é":1}

            data:no space
            data:  two spaces
            : in between
            data
            id: 7
            retry: 10

            event: a
            event: message_start
            data: [DONE]

            dataset: no field of ours


            data:

            """;

    private static final List<Seen> EVENTS = List.of(
            new Seen("", "", false),
            new Seen("message_start", "{\"é\":1}", true),
            new Seen("", "no space\n two spaces\n", true),
            new Seen("message_start", "[DONE]", true),
            new Seen("", "", false),
            new Seen("", "", false),
            new Seen("", "", false));

    @Test
    void a_stream_is_cut_into_its_events() throws SseException {
        assertThat(read(bytes(STREAM)).seen).containsExactlyElementsOf(EVENTS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void a_stream_split_at_every_position_gives_the_same_events_and_the_same_bytes(String lineEnd) throws SseException {
        byte[] stream = bytes(STREAM.replace("\n", lineEnd));
        for (int i = 0; i <= stream.length; i++) {
            Reading reading = read(Arrays.copyOfRange(stream, 0, i), Arrays.copyOfRange(stream, i, stream.length));
            assertThat(reading.seen).as("split at %d", i).containsExactlyElementsOf(EVENTS);
            assertThat(reading.raw.toByteArray()).as("split at %d", i).isEqualTo(stream);
            assertThat(reading.unfinished).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void a_stream_in_single_bytes_gives_the_same_events_and_the_same_bytes(String lineEnd) throws SseException {
        byte[] stream = bytes(STREAM.replace("\n", lineEnd));
        Reading reading = read(singles(stream));
        assertThat(reading.seen).containsExactlyElementsOf(EVENTS);
        assertThat(reading.raw.toByteArray()).isEqualTo(stream);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void an_event_is_handed_over_with_the_last_byte_of_its_blank_line(String lineEnd) throws SseException {
        SseReader reader = new SseReader(1000);
        List<String> seen = new ArrayList<>();
        for (String text : List.of("one", "two")) {
            for (byte[] b : singles(bytes("data: " + text + lineEnd + lineEnd))) {
                reader.feed(b, e -> seen.add(e.text()));
            }
            assertThat(seen).endsWith(text);
        }
    }

    @Test
    void mixed_line_ends_are_read_in_single_bytes_as_in_one() throws SseException {
        byte[] stream = bytes("data: a\n\r\n\ndata: b\r\n\rdata: c\r\r\ndata: d\n\n");
        List<Seen> data = List.of(data("a"), data("b"), data("c"), data("d"));
        assertThat(read(stream).withData()).isEqualTo(data);
        assertThat(read(singles(stream)).withData()).isEqualTo(data);
    }

    @Property
    void any_chunking_gives_the_same_events(@ForAll("lines") List<String> lines, @ForAll("cuts") List<Integer> cuts)
            throws SseException {
        byte[] stream = bytes(String.join("", lines));
        List<byte[]> chunks = new ArrayList<>();
        int from = 0;
        for (int size : cuts) {
            int to = Math.min(from + size, stream.length);
            chunks.add(Arrays.copyOfRange(stream, from, to));
            from = to;
        }
        chunks.add(Arrays.copyOfRange(stream, from, stream.length));

        Reading whole = read(stream);
        Reading cut = read(chunks.toArray(byte[][]::new));

        assertThat(cut.seen).isEqualTo(whole.seen);
        assertThat(cut.unfinished).isEqualTo(whole.unfinished);
        assertThat(cut.raw.toByteArray()).isEqualTo(Arrays.copyOf(stream, cut.raw.size()));
    }

    @Test
    void a_delta_of_two_megabytes_in_single_bytes_takes_linear_time() throws SseException {
        String text = "x".repeat(2_000_000);
        byte[] stream = bytes("data: " + text + "\n\ndata: [DONE]\n\n");
        SseReader reader = new SseReader(4_000_000);
        List<Integer> lengths = new ArrayList<>();
        byte[] one = new byte[1];
        long start = System.nanoTime();
        for (byte b : stream) {
            one[0] = b;
            reader.feed(one, e -> lengths.add(e.dataTo() - e.dataFrom()));
        }
        assertThat(lengths).containsExactly(text.length(), 6);
        // Looking through the held bytes again for every byte would take some minutes.
        assertThat(System.nanoTime() - start).isLessThan(20_000_000_000L);
    }

    @Test
    void many_data_lines_are_joined_in_linear_time() throws SseException {
        byte[] stream = bytes("data: x\n".repeat(300_000) + "\n");
        assertThat(read(stream).seen).singleElement().satisfies(e -> assertThat(e.text)
                .hasSize(599_999));
    }

    @Test
    void an_event_of_the_limit_passes_and_one_byte_more_is_refused() throws SseException {
        byte[] event = bytes("data: 12345\n\n");
        List<String> seen = new ArrayList<>();
        new SseReader(event.length).feed(event, e -> seen.add(e.text()));
        assertThat(seen).containsExactly("12345");

        SseReader tight = new SseReader(event.length - 1);
        assertThatThrownBy(() -> tight.feed(event, e -> seen.add("refused")))
                .isInstanceOf(SseException.class)
                .hasMessage("an event of the stream is longer than 12 bytes");
        SseReader unfinished = new SseReader(4);
        assertThatThrownBy(() -> unfinished.feed(bytes("data:"), e -> seen.add("refused")))
                .isInstanceOf(SseException.class);
        assertThat(seen).hasSize(1);
    }

    @Test
    void the_limit_is_on_one_event_and_not_on_the_stream_or_a_chunk() throws SseException {
        byte[] stream = bytes("data: 12345\n\n".repeat(100));
        List<String> seen = new ArrayList<>();
        new SseReader(13).feed(stream, e -> seen.add(e.text()));
        assertThat(seen).hasSize(100);
    }

    @ParameterizedTest
    @ValueSource(strings = {"data: x", "data: x\n", "data: a\n\n: c\n", "data: a\n\nd", "\u00ef"})
    void an_event_without_its_blank_line_is_dropped_and_told(String stream) throws SseException {
        Reading reading = read(bytes(stream));
        assertThat(reading.unfinished).isTrue();
        assertThat(reading.seen).hasSize(stream.contains("a") && stream.contains("\n\n") ? 1 : 0);
    }

    @Test
    void a_byte_order_mark_is_skipped_at_the_start_only() throws SseException {
        assertThat(read(bytes("\ufeffdata: a\n\n\ufeffdata: b\n\n")).withData()).containsExactly(data("a"));
    }

    @Test
    void a_type_that_comes_again_is_the_same_string() throws SseException {
        List<String> types = new ArrayList<>();
        new SseReader(1000)
                .feed(
                        bytes("event: content_block_delta\ndata: 1\n\n".repeat(2) + "event: é\ndata: 1\n\n"),
                        e -> types.add(e.type()));
        assertThat(types.get(0)).isSameAs(types.get(1));
        assertThat(types).containsExactly("content_block_delta", "content_block_delta", "é");
    }

    record Seen(String type, String text, boolean hasData) {}

    private static Seen data(String text) {
        return new Seen("", text, true);
    }

    private static final class Reading {
        final List<Seen> seen = new ArrayList<>();
        final ByteArrayOutputStream raw = new ByteArrayOutputStream();
        boolean unfinished;

        List<Seen> withData() {
            return seen.stream().filter(Seen::hasData).toList();
        }
    }

    private static Reading read(byte[]... chunks) throws SseException {
        SseReader reader = new SseReader(10_000_000);
        Reading reading = new Reading();
        for (byte[] chunk : chunks) {
            reader.feed(chunk, e -> {
                reading.seen.add(new Seen(e.type(), e.text(), e.hasData()));
                reading.raw.write(e.bytes(), e.from(), e.to() - e.from());
            });
        }
        reading.unfinished = reader.end();
        return reading;
    }

    @Provide
    Arbitrary<List<String>> lines() {
        return Arbitraries.of(
                        "data: a",
                        "data:b",
                        "data:",
                        "data",
                        ": c",
                        "event: x",
                        "id: 1",
                        "é",
                        "\n",
                        "\r\n",
                        "\r",
                        "\n\n",
                        "\r\n\r\n",
                        "\r\r",
                        "\ufeff")
                .list()
                .ofMaxSize(20);
    }

    @Provide
    Arbitrary<List<Integer>> cuts() {
        return Arbitraries.integers().between(0, 5).list().ofMaxSize(40);
    }

    private static byte[][] singles(byte[] bytes) {
        byte[][] singles = new byte[bytes.length][];
        for (int i = 0; i < bytes.length; i++) {
            singles[i] = new byte[] {bytes[i]};
        }
        return singles;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
