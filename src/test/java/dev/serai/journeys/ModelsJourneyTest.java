package dev.serai.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.anthropic.models.models.ModelInfo;
import com.openai.errors.NotFoundException;
import com.openai.models.models.Model;
import dev.serai.RunningSerai;
import dev.serai.testing.RawClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The list of models and its entries, in the shapes of both clients. */
class ModelsJourneyTest {
    @RegisterExtension
    static final Journey JOURNEY = new Journey();

    @Test
    void openais_client_lists_what_can_be_called_and_nothing_else() {
        assertThat(JOURNEY.openai().models().list().items())
                .extracting(Model::id)
                .contains("sandbox:echo", "raw:caravan", "raw:maker/caravan-2:free")
                .noneMatch(id -> id.startsWith("openai:") || id.startsWith("anthropic:"));
    }

    @Test
    void anthropics_client_lists_the_same() {
        assertThat(JOURNEY.anthropic().models().list().items())
                .extracting(ModelInfo::id)
                .isEqualTo(JOURNEY.openai().models().list().items().stream()
                        .map(Model::id)
                        .toList());
    }

    @ParameterizedTest
    @CsvSource({
        "sandbox:echo, sandbox:echo",
        "raw:maker/caravan-2:free, raw:maker/caravan-2:free",
        "maker/caravan-2:free, raw:maker/caravan-2:free",
        "raw:caravan-2026-11-01, raw:caravan",
        "Caravan-2026-11-01, raw:caravan"
    })
    void an_id_with_colons_and_slashes_and_an_alias_find_their_model(String asked, String id) throws Exception {
        assertThat(JOURNEY.openai().models().retrieve(asked).id()).isEqualTo(id);
        assertThat(JOURNEY.anthropic().models().retrieve(asked).id()).isEqualTo(id);
        assertThat(get("/v1/models/" + asked)).contains("\"id\":\"" + id + "\"");
    }

    @Test
    void a_model_that_nobody_knows_is_not_found_in_the_clients_own_words() throws Exception {
        assertThat(catchThrowableOfType(
                        NotFoundException.class, () -> JOURNEY.openai().models().retrieve("raw:camel")))
                .hasMessageContaining("GET /v1/models");
        assertThat(catchThrowableOfType(
                        com.anthropic.errors.NotFoundException.class,
                        () -> JOURNEY.anthropic().models().retrieve("raw:camel")))
                .hasMessageContaining("not_found_error");
    }

    @Test
    void the_shape_is_that_of_the_client_that_asks() throws Exception {
        assertThat(get("/v1/models")).startsWith("{\"object\":\"list\"");
        assertThat(get("/v1/models", "anthropic-version: 2023-06-01")).contains("\"has_more\":false");
    }

    private static String get(String path, String... header) throws Exception {
        try (RawClient client = JOURNEY.raw()) {
            String headers = String.join("\r\n", header) + "\r\nAuthorization: Bearer " + RunningSerai.KEY;
            return client.send("GET " + path + " HTTP/1.1\r\nHost: test\r\n" + headers.strip() + "\r\n\r\n")
                    .read()
                    .body();
        }
    }
}
