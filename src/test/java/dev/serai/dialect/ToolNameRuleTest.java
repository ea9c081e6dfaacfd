package dev.serai.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names of tools that a provider takes. */
class ToolNameRuleTest {
    private static final String LONG = "mcp__a_server_with_a_rather_long_name__and_a_tool_with_a_long_one_too";

    @ParameterizedTest
    @CsvSource({
        "weather,           64, true,  weather",
        "get_Weather-2,     64, true,  get_Weather-2",
        "maps.weather,      64, true,  maps_weather_d358430865",
        "maps.weather,      64, false, maps.weather",
        LONG + ",           64, true,  mcp__a_server_with_a_rather_long_name__and_a_tool_wit_89808787d0",
        LONG + ",          128, true,  " + LONG,
    })
    void a_lawful_name_stays_and_another_gets_one_of_its_own(String name, int maxLength, boolean plain, String lawful) {
        assertThat(new ToolNameRule(maxLength, plain).lawful(name)).isEqualTo(lawful);
    }

    @Test
    void two_names_that_differ_only_in_what_is_not_allowed_stay_two() {
        assertThat(Stream.of("maps.weather", "maps:weather", "maps weather").map(ToolNameRule.OPENAI::lawful))
                .doesNotHaveDuplicates()
                .allMatch(name -> name.matches("[a-zA-Z0-9_-]{1,64}"));
    }
}
