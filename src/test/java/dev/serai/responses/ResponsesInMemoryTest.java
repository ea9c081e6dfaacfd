package dev.serai.responses;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.testing.MovableClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ResponsesInMemoryTest {
    private final MovableClock clock = new MovableClock(Instant.EPOCH);
    private final ResponsesInMemory store = new ResponsesInMemory(Duration.ofHours(1), 100, 3, clock);

    private void keep(String id, int bytes) {
        store.keep(
                new ResponseStore.Key("k", id),
                new StoredResponse(new byte[0], "x".repeat(bytes).getBytes(UTF_8)));
    }

    private boolean has(String owner, String id) {
        return store.find(new ResponseStore.Key(owner, id))
                .toCompletableFuture()
                .join()
                .isPresent();
    }

    @Test
    void what_is_kept_is_found_by_its_owner_alone() {
        keep("a", 10);

        assertThat(has("k", "a")).isTrue();
        assertThat(has("other", "a")).isFalse();
        assertThat(has("k", "b")).isFalse();
    }

    @Test
    void it_is_forgotten_when_its_time_is_over() {
        keep("a", 10);
        clock.pass(Duration.ofMinutes(59));
        keep("b", 10);
        assertThat(has("k", "a")).isTrue();

        clock.pass(Duration.ofMinutes(1));

        assertThat(has("k", "a")).isFalse();
        assertThat(has("k", "b")).isTrue();
    }

    @Test
    void the_oldest_goes_when_there_are_too_many() {
        for (String id : new String[] {"a", "b", "c", "d"}) {
            keep(id, 1);
        }

        assertThat(has("k", "a")).isFalse();
        assertThat(has("k", "b")).isTrue();
        assertThat(has("k", "d")).isTrue();
    }

    @Test
    void the_oldest_go_when_there_are_too_many_bytes() {
        keep("a", 40);
        keep("b", 40);
        keep("c", 90);

        assertThat(has("k", "a")).isFalse();
        assertThat(has("k", "b")).isFalse();
        assertThat(has("k", "c")).isTrue();
    }

    @Test
    void what_does_not_fit_is_not_kept_and_drives_nothing_out() {
        keep("a", 40);
        keep("b", 101);

        assertThat(has("k", "a")).isTrue();
        assertThat(has("k", "b")).isFalse();
    }

    @Test
    void room_is_given_back_when_a_response_is_replaced_or_removed() {
        keep("a", 90);
        keep("a", 80);
        assertThat(has("k", "a")).isTrue();

        assertThat(store.remove(new ResponseStore.Key("k", "a"))
                        .toCompletableFuture()
                        .join())
                .isTrue();
        assertThat(store.remove(new ResponseStore.Key("k", "a"))
                        .toCompletableFuture()
                        .join())
                .isFalse();
        keep("b", 50);
        keep("c", 50);
        assertThat(has("k", "b")).isTrue();
    }
}
