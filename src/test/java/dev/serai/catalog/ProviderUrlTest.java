package dev.serai.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProviderUrlTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # plain
            https://a.example/v1 | /chat/completions | | m | https://a.example/v1/chat/completions
            https://a.example    | /chat/completions | | m | https://a.example/chat/completions
            # a deployment in the path, a version in the query of the base URL, of the path, and of the provider
            https://a.example/openai?api-version=1 | /deployments/{model}/chat/completions     |     | gpt 4 | https://a.example/openai/deployments/gpt%204/chat/completions?api-version=1
            https://a.example/openai               | /deployments/{model}/chat/completions?x=y |     | gpt-4 | https://a.example/openai/deployments/gpt-4/chat/completions?x=y
            https://a.example/openai               | /deployments/{model}/chat/completions     | v=1 | gpt-4 | https://a.example/openai/deployments/gpt-4/chat/completions?v=1
            https://a.example/openai?a=b%20c       | /x?d=e%2Ff                                | v=1 & 2 | m | https://a.example/openai/x?a=b%20c&d=e%2Ff&v=1%20%26%202
            https://a.example/openai/v1            | /chat/completions                         | api-version=preview | m | https://a.example/openai/v1/chat/completions?api-version=preview
            # a model stays one part of the path, whatever it is called
            https://a.example | /models/{model}:generateContent | | gemini-3-pro        | https://a.example/models/gemini-3-pro:generateContent
            https://a.example | /models/{model}:rawPredict      | | claude-opus-4-8@default | https://a.example/models/claude-opus-4-8@default:rawPredict
            https://a.example | /models/{model}:x               | | a/b:c?d#e%20        | https://a.example/models/a%2Fb%3Ac%3Fd%23e%2520:x
            https://a.example | /models/{model}:x               | | ../{model}          | https://a.example/models/..%2F%7Bmodel%7D:x
            """)
    void a_url_has_the_base_the_path_the_model_and_every_query(
            String base, String path, @Nullable String query, String model, String url) {
        Provider provider = Provider.builder("p", URI.create(base))
                .dialect("d", path)
                .query(parameters(query))
                .build();
        assertThat(provider.url("d", model, false)).isEqualTo(url);
        assertThat(provider.url("d", model, true)).isEqualTo(url);
        assertThat(URI.create(url).toString()).isEqualTo(url);
    }

    private static Map<String, String> parameters(@Nullable String query) {
        Map<String, String> parameters = new LinkedHashMap<>();
        if (query != null) {
            parameters.put(query.split("=", 2)[0], query.split("=", 2)[1]);
        }
        return parameters;
    }

    @Test
    void a_stream_may_have_a_path_of_its_own_and_a_dialect_its_own_host() {
        Provider provider = Provider.builder("p", URI.create("https://a.example/openai"))
                .dialect("openai-chat", "/chat/completions")
                .dialect(
                        "gemini",
                        new Surface(
                                "/models/{model}:generateContent",
                                "/models/{model}:streamGenerateContent?alt=sse",
                                null,
                                URI.create("https://b.example/v1beta")))
                .build();
        assertThat(provider.url("gemini", "g", false)).isEqualTo("https://b.example/v1beta/models/g:generateContent");
        assertThat(provider.url("gemini", "g", true))
                .isEqualTo("https://b.example/v1beta/models/g:streamGenerateContent?alt=sse");
        assertThat(provider.url("openai-chat", "g", true)).isEqualTo("https://a.example/openai/chat/completions");
        assertThat(provider.url("/models")).isEqualTo("https://a.example/openai/models");
    }

    @ParameterizedTest
    @ValueSource(strings = {".", ".."})
    void a_model_that_a_server_would_take_for_a_step_in_the_path_is_refused(String model) {
        Provider provider = Provider.builder("p", URI.create("https://a.example"))
                .dialect("d", "/deployments/{model}/chat")
                .build();
        assertThatThrownBy(() -> provider.url("d", model, false)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_dialect_that_is_not_spoken_has_no_url() {
        Provider provider =
                Provider.builder("p", URI.create("https://a.example")).build();
        assertThatThrownBy(() -> provider.url("d", "m", false)).hasMessage("p does not speak d");
    }

    @Test
    void a_dialect_may_be_authenticated_otherwise() {
        Auth.Header bearer = new Auth.Header("Authorization", "Bearer ", "KEY");
        Auth.Header own = new Auth.Header("x-goog-api-key", "", "KEY");
        Provider provider = Provider.builder("p", URI.create("https://a.example"))
                .auth(bearer)
                .dialect("openai-chat", "/chat/completions")
                .dialect("gemini", new Surface("/x", null, own, null))
                .build();
        assertThat(provider.auth("openai-chat")).isEqualTo(bearer);
        assertThat(provider.auth("gemini")).isEqualTo(own);
    }

    @ParameterizedTest
    @CsvSource({
        "openai-chat,        true,  true,  true",
        "openai-responses,   true,  true,  true",
        "anthropic-messages, false, false, true",
        "gemini,             true,  true,  false",
    })
    void totals_contain_what_the_dialect_says_unless_the_provider_says_otherwise(
            String dialect, boolean reads, boolean writes, boolean reasoning) {
        UsageTotals otherwise = new UsageTotals(false, true, false);
        ProviderBuilder provider = Provider.builder("p", URI.create("https://a.example"));
        assertThat(provider.build().usageTotals(dialect)).isEqualTo(new UsageTotals(reads, writes, reasoning));
        assertThat(provider.usageTotals(dialect, otherwise).build().usageTotals(dialect))
                .isEqualTo(otherwise);
    }

    @ParameterizedTest
    @CsvSource({
        "CHAT,      '',               true,  true,  false",
        "EMBEDDING, '',               false, false, true",
        "UNKNOWN,   '',               true,  true,  true",
        "IMAGE,     '',               false, false, false",
        "CHAT,      openai-responses, false, true,  false",
    })
    void a_model_is_served_in_the_dialects_it_names_or_those_that_fit_its_kind(
            Kind kind, String dialects, boolean chat, boolean responses, boolean embeddings) {
        Provider provider = Provider.builder("p", URI.create("https://a.example"))
                .dialect("openai-chat", "/c")
                .dialect("openai-responses", "/r")
                .dialect("openai-embeddings", "/e")
                .build();
        Model model = Model.builder("m")
                .kind(kind)
                .dialects(dialects.isEmpty() ? java.util.List.of() : java.util.List.of(dialects))
                .build();
        assertThat(provider.serves(model, "openai-chat")).isEqualTo(chat);
        assertThat(provider.serves(model, "openai-responses")).isEqualTo(responses);
        assertThat(provider.serves(model, "openai-embeddings")).isEqualTo(embeddings);
        assertThat(provider.serves(model, "gemini")).isFalse();
    }
}
