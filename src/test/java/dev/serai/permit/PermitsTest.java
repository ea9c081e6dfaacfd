package dev.serai.permit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.access.AccessKey;
import dev.serai.access.Allowance;
import dev.serai.access.Scope;
import dev.serai.catalog.Catalog;
import dev.serai.selection.Aliases;
import dev.serai.selection.Directory;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PermitsTest {
    private static final Permits PERMITS = Permits.ofFiles(
            new Directory(new Catalog(List.of()), Aliases.NONE), (provider, model, dialect) -> List.of());

    @Test
    void a_key_whose_configuration_is_not_known_may_call_nothing() {
        AccessKey key = new AccessKey(
                "k", "k", Instant.EPOCH, Scope.ALL, "default", "gone", null, AccessKey.Origin.STORE, Allowance.ALL);
        assertThat(PERMITS.of(key).scope().allows("openai", "gpt-5.4", id -> true))
                .isFalse();
    }

    @Test
    void a_key_without_a_configuration_may_what_its_account_may() {
        assertThat(PERMITS.of(new AccessKey("k", "k", Instant.EPOCH)).scope()).isEqualTo(Scope.ALL);
    }
}
