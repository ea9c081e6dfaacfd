package dev.serai.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.RunningSerai;
import dev.serai.testing.RawClient;
import dev.serai.testing.RawServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a client said and a provider did not get, as the client is told. */
@Timeout(60)
class DroppedParametersTest {
    private static final String CHAT = "/v1/chat/completions";

    @RegisterExtension
    static final Journey JOURNEY = new Journey() {
        @Override
        void prepare(RunningSerai.Setup setup) throws Exception {
            setup.withProviderFile("picky", ruled("picky", """
                    rules:
                      - {models: [caravan], rename: {max_tokens: max_completion_tokens}, drop: [temperature]}
                      - {models: [caravan], when: {effort: {is: low}}, set: {effort: high}}
                      - {models: ["many*"], drop: [%s]}
                    """.formatted(names())));
            setup.withProviderFile("fussy", ruled("fussy", "rules: [{drop: [top_p]}]"));
            String rules = "rules: [{drop: [temperature], rename: {max_tokens: max_completion_tokens}}]";
            setup.withProviderFile(
                    "only-chat",
                    ruled("only-chat", rules)
                            .replaceAll(" +(openai-responses|openai-embeddings|anthropic-messages): .*\n", ""));
        }

        private String ruled(String id, String rules) {
            return RawProvider.file(id, provider().url()) + rules;
        }
    };

    private static String names() {
        StringBuilder names = new StringBuilder("a");
        for (int i = 0; i < 300; i++) {
            names.append(", parameter-").append(i);
        }
        return names.toString();
    }

    @AfterEach
    void answer_as_prepared() {
        JOURNEY.provider().answersAsPrepared();
    }

    private static RawClient.Response ask(String json) throws Exception {
        return JOURNEY.serai().post(CHAT, json.replace('\'', '"'));
    }

    private static String dropped(RawClient.Response response) {
        return response.header("x-serai-dropped-params");
    }

    @Test
    void a_parameter_that_is_dropped_or_replaced_is_named_and_one_with_another_name_is_not() throws Exception {
        RawClient.Response response =
                ask("{'model':'picky:caravan','temperature':0.5,'max_tokens':9,'effort':'low','messages':[]}");
        assertThat(response.status()).isEqualTo(200);
        assertThat(dropped(response)).isEqualTo("temperature, effort");
        assertThat(JOURNEY.provider().lastRequest().text())
                .isEqualTo("{'model':'caravan','effort':'high','messages':[],'max_completion_tokens':9}"
                        .replace('\'', '"'));
    }

    @Test
    void a_stream_says_so_in_its_head() throws Exception {
        RawClient.Response response = ask("{'model':'picky:caravan','temperature':0.5,'stream':true,'messages':[]}");
        assertThat(response.header("content-type")).isEqualTo("text/event-stream");
        assertThat(dropped(response)).isEqualTo("temperature");
    }

    @Test
    void nothing_is_said_where_nothing_is_lost() throws Exception {
        assertThat(ask("{'model':'picky:caravan','messages':[]}").head()).doesNotContain("x-serai-dropped-params");
        assertThat(ask("{'model':'raw:caravan','temperature':0.5,'messages':[]}")
                        .head())
                .doesNotContain("x-serai-dropped-params");
    }

    @Test
    void after_several_attempts_it_is_told_of_the_one_that_answered() throws Exception {
        JOURNEY.provider().answers((request, connection) -> {
            JOURNEY.provider().answersAsPrepared();
            connection.write(RawServer.json(503, "{}"));
        });
        RawClient.Response response =
                ask("{'model':'picky:caravan','models':['fussy:caravan'],'temperature':0.5,'top_p':0.9,'messages':[]}");
        assertThat(response.header("x-serai-attempts")).isEqualTo("2");
        assertThat(dropped(response)).isEqualTo("top_p");
        assertThat(JOURNEY.provider().lastRequest().text())
                .isEqualTo("{'model':'caravan','temperature':0.5,'messages':[]}".replace('\'', '"'));
    }

    @Test
    void a_refusal_tells_it_too() throws Exception {
        JOURNEY.provider()
                .answers((request, connection) ->
                        connection.write(RawServer.json(400, "{\"error\":{\"message\":\"no\"}}")));
        RawClient.Response response = ask("{'model':'picky:caravan','temperature':0.5,'messages':[]}");
        assertThat(response.status()).isEqualTo(400);
        assertThat(dropped(response)).isEqualTo("temperature");
    }

    @Test
    void a_translated_request_is_ruled_as_well() throws Exception {
        RawClient.Response response = JOURNEY.serai()
                .post(
                        "/v1/messages",
                        "{'model':'only-chat:caravan','max_tokens':9,'temperature':0.5,'messages':[{'role':'user','content':'?'}]}"
                                .replace('\'', '"'));
        assertThat(response.status()).as(response.body()).isEqualTo(200);
        assertThat(dropped(response)).isEqualTo("temperature");
        assertThat(JOURNEY.provider().lastRequest().head()).startsWith("POST /v1/chat/completions ");
        assertThat(JOURNEY.provider().lastRequest().text())
                .contains("\"max_completion_tokens\":9")
                .doesNotContain("max_tokens\"", "temperature");
    }

    @Test
    void a_long_list_is_cut() throws Exception {
        StringBuilder body = new StringBuilder("{'model':'picky:many','messages':[]");
        for (int i = 0; i < 300; i++) {
            body.append(",'parameter-").append(i).append("':1");
        }
        RawClient.Response response = ask(body.append('}').toString());
        assertThat(response.status()).isEqualTo(200);
        assertThat(dropped(response))
                .startsWith("parameter-0, parameter-1, ")
                .endsWith(", ...")
                .hasSizeLessThan(1_010);
        assertThat(JOURNEY.provider().lastRequest().text()).isEqualTo("{\"model\":\"many\",\"messages\":[]}");
    }
}
