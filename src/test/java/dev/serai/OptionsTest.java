package dev.serai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.config.ConfigurationException;
import java.nio.file.Path;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ''                 | ''
                    mistral            | mistral
                    ' mistral,, xai ,' | mistral xai
                    xai,mistral,xai    | xai mistral
                    """)
    void presets_are_a_list_with_commas(String setting, String presets) throws Exception {
        Settings settings = Settings.read(Map.of("SERAI_PRESETS", setting), null, null);
        assertThat(String.join(" ", new Options(settings).presets())).isEqualTo(presets);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    off | ''                          | true  | ''
                    24h | ''                          | true  | ''
                    1m  | https://models.dev/api.json | true  | ''
                    off | ''                          | false | ''
                    59s | ''                          | true  | serai.catalog-refresh: must be off, or a duration of 1m or more
                    day | ''                          | true  | serai.catalog-refresh: must be a duration
                    24h | ''                          | false | serai.catalog-refresh: needs a folder to write overlays to; name one with --config
                    24h | http://models.dev/api.json  | true  | serai.catalog-refresh-from: must be https
                    off | models.dev                  | true  | serai.catalog-refresh-from: must begin with https:// or http://
                    """)
    void what_would_keep_lists_from_being_fetched_stops_the_start(
            String period, String from, boolean withFolder, String problem, @TempDir Path folder) throws Exception {
        Options options = new Options(Settings.read(
                Map.of("SERAI_CATALOG_REFRESH", period, "SERAI_CATALOG_REFRESH_FROM", from),
                null,
                withFolder ? folder : null));
        if (problem.isEmpty()) {
            assertThat(options.catalogRefreshFrom()).isEqualTo(from);
        } else {
            assertThatThrownBy(options::catalogRefreshFrom)
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageStartingWith(problem);
        }
    }

    @ParameterizedTest
    @CsvSource({"off, true", "1s, true", "30s, true", "999ms, false", "0s, false", "often, false"})
    void providers_are_probed_every_second_at_most(String period, boolean isFine) throws Exception {
        Options options = new Options(Settings.read(Map.of("SERAI_PROBE_EVERY", period), null, null));
        if (isFine) {
            options.probeEvery();
        } else {
            assertThatThrownBy(options::probeEvery)
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageStartingWith("serai.probe-every: must be ");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "400d, 1s, first, true",
        "off, 24h, now, true",
        "1d, 24h, now, true",
        "23h, 24h, now, false",
        "0d, 24h, now, false",
        "off, off, now, false",
        "off, 10ms, now, false",
        "off, 24h, never, false"
    })
    void what_becomes_of_usage_and_lots_is_checked_at_the_start(
            String retention, String expiry, String from, boolean isFine) throws Exception {
        Options options = new Options(Settings.read(
                Map.of(
                        "SERAI_USAGE_RETENTION", retention,
                        "SERAI_EXPIRE_LOTS_EVERY", expiry,
                        "SERAI_USAGE_FROM", from),
                null,
                null));
        ThrowingCallable check = () -> {
            options.usageRetention();
            options.expireLotsEvery();
            options.usageFromFirst();
        };
        if (isFine) {
            assertThatCode(check).doesNotThrowAnyException();
        } else {
            assertThatThrownBy(check).isInstanceOf(ConfigurationException.class);
        }
    }
}
