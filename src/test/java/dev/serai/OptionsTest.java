package dev.serai;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
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
}
