package dev.serai.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.serai.control.KeyConfiguration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyConfigurationJsonTest {
    private static KeyConfiguration read(String json) {
        return KeyConfigurationJson.read(
                Json.parse(json.replace('\'', '"')), "cfg_1", "default", "name", "", Samples.STAMP);
    }

    private static List<String> problems(String json) {
        return catchThrowableOfType(DocumentException.class, () -> read(json)).problems();
    }

    @Test
    void a_document_that_was_written_is_read_as_the_same_configuration() {
        KeyConfiguration configuration = Samples.configuration("default", "cfg_1", List.of("pk_1"));
        assertThat(KeyConfigurationJson.read(
                        Json.parse(KeyConfigurationJson.of(configuration).toString()),
                        "cfg_1",
                        "default",
                        configuration.name(),
                        configuration.description(),
                        configuration.stamp()))
                .isEqualTo(configuration);
    }

    @Test
    void an_empty_list_allows_nothing_and_no_list_allows_all() {
        KeyConfiguration nothing =
                read("{'access':{'providers':{'allow':[]},'models':{'allow':null}},'aliases':{'allow':[]}}");
        assertThat(nothing.access().providers()).isEmpty();
        assertThat(nothing.access().models()).isNull();
        assertThat(nothing.aliases()).isEmpty();
        assertThat(read("{}").access().providers()).isNull();
        assertThat(read("{}").aliases()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'acess':{}} | acess is no field here; there are access, aliases, failover, limits, router, timeouts",
                "{'access':{'providers':{'alow':[]}}} | access.providers.alow is no field here; there is allow",
                "{'access':[]} | access must be an object",
                "[] | the document must be an object",
                "{'access':{'models':{'allow':'gpt-5'}}} | access.models.allow must be a list of texts",
                "{'access':{'models':{'allow':[1]}}} | access.models.allow must be a list of texts",
                "{'limits':{'tokensPerMinute':'many'}} | limits.tokensPerMinute must be a whole number",
                "{'limits':{'tokensPerMinute':1.5}} | limits.tokensPerMinute must be a whole number",
                "{'limits':{'tokensPerMinute':0}} | tokensPerMinute must be 1 or more; leave it out for no limit",
                "{'timeouts':{'total':'soon'}} | timeouts.total has 'soon', which is no time like 250ms, 2s, 5m or 1h",
                "{'timeouts':{'total':60}} | timeouts.total must be a text",
                "{'router':{'rules':[{'steps':[{'type':'managed'}]}]}} | router.rules[0].provider is missing",
                "{'router':{'rules':[{'provider':'openai','steps':[]}]}} | router.rules[0]: steps must have one step at least",
                "{'router':{'rules':[{'provider':'openai','steps':[{'type':'mine'}]}]}} | router.rules[0].steps[0]: type must be managed or user",
                "{'router':{'rules':[{'provider':'openai','steps':[{'type':'managed','keys':[]}]}]}} | router.rules[0].steps[0].keys is no field here; there is type",
                "{'failover':{'after':{'reset':'pray'}}} | failover.after.reset must be one of retry, next, next-key, next-model and stop",
                "{'failover':{'after':{'flood':'stop'}}} | failover.after.flood is no fault"
            })
    void what_is_wrong_is_told_by_its_name(String json, String problem) {
        assertThat(problems(json)).contains(problem);
    }

    @Test
    void everything_that_is_wrong_is_told_at_once() {
        assertThat(problems("{'a':1,'limits':{'b':2,'maxInputTokens':'c'},'timeouts':{'total':'d'}}"))
                .hasSize(4);
    }

    @Test
    void a_field_that_stands_there_twice_is_refused() {
        assertThat(problems("{'limits':{},'limits':{}}").get(0)).contains("Duplicate field 'limits'");
    }
}
