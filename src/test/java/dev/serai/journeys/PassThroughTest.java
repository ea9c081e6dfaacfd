package dev.serai.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A provider that speaks the client's dialect is quoted byte for byte, with all that Serai does not know. */
class PassThroughTest {
    @RegisterExtension
    static final Journey JOURNEY = new Journey();

    @ParameterizedTest
    @CsvSource({
        "/v1/chat/completions, chat/text.json",
        "/v1/messages, messages/text.json",
        "/v1/responses, responses/text.json",
        "/v1/embeddings, embeddings/float.json"
    })
    void an_answer_is_the_providers(String path, String answer) throws Exception {
        var response = JOURNEY.serai().post(path, "{\"model\":\"raw:caravan\"}");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo(RawProvider.answer(answer));
        assertThat(JOURNEY.provider().lastRequest().text()).isEqualTo("{\"model\":\"caravan\"}");
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/chat/completions, chat/text.sse",
        "/v1/messages, messages/text.sse",
        "/v1/responses, responses/text.sse"
    })
    void a_stream_is_the_providers(String path, String answer) throws Exception {
        var response = JOURNEY.serai()
                .post(
                        path,
                        "{\"stream_options\":{\"include_usage\":true},\"stream\":true,\"model\":\"raw:caravan\",\"x\":1e2}");

        assertThat(response.headers().firstValue("content-type")).contains("text/event-stream");
        assertThat(response.body()).isEqualTo(RawProvider.answer(answer));
        assertThat(JOURNEY.provider().lastRequest().text())
                .isEqualTo(
                        "{\"stream_options\":{\"include_usage\":true},\"stream\":true,\"model\":\"caravan\",\"x\":1e2}");
    }
}
