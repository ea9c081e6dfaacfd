package dev.serai.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import com.openai.client.OpenAIClient;
import com.openai.errors.OpenAIServiceException;
import com.openai.models.embeddings.CreateEmbeddingResponse;
import com.openai.models.embeddings.Embedding;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.models.embeddings.EmbeddingCreateParams.EncodingFormat;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SandboxEmbeddingsTest {
    private static RunningSandbox sandbox;
    private static OpenAIClient client;

    @BeforeAll
    static void start() throws Exception {
        sandbox = new RunningSandbox(Timing.SHIPPED);
        client = sandbox.openai();
    }

    @AfterAll
    static void stop() throws Exception {
        sandbox.close();
    }

    private static EmbeddingCreateParams.Builder request() {
        return EmbeddingCreateParams.builder().model("embed");
    }

    private static CreateEmbeddingResponse embed(EmbeddingCreateParams.Builder request) {
        return client.embeddings().create(request.build());
    }

    private static List<Float> vector(CreateEmbeddingResponse response, int index) {
        return response.data().get(index).embedding();
    }

    @Test
    void a_batch_gives_a_vector_for_each_text_in_order() {
        CreateEmbeddingResponse batch = embed(request().inputOfArrayOfStrings(List.of("one", "two words")));
        CreateEmbeddingResponse alone = embed(request().input("two words"));

        assertThat(batch.data()).extracting(Embedding::index).containsExactly(0L, 1L);
        assertThat(vector(batch, 1)).isEqualTo(vector(alone, 0)).isNotEqualTo(vector(batch, 0));
        assertThat(batch.usage().promptTokens()).isEqualTo(3);
    }

    @Test
    void both_encodings_say_the_same() {
        List<Float> floats = vector(embed(request().input("same").encodingFormat(EncodingFormat.FLOAT)), 0);
        List<Float> base64 = vector(embed(request().input("same").encodingFormat(EncodingFormat.BASE64)), 0);

        assertThat(floats).hasSize(8).isEqualTo(base64);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8, 9, 1536, 4096})
    void a_vector_has_the_length_one_in_as_many_dimensions_as_asked_for(int dimensions) {
        List<Float> vector = vector(embed(request().input("text").dimensions(dimensions)), 0);

        assertThat(vector).hasSize(dimensions);
        assertThat(vector.stream()
                        .mapToDouble(component -> component * component)
                        .sum())
                .isCloseTo(1.0, within(1e-4));
    }

    @Test
    void token_numbers_are_counted_as_they_are() {
        CreateEmbeddingResponse one = embed(request().inputOfArrayOfTokens(List.of(1L, 2L, 3L)));
        CreateEmbeddingResponse two =
                embed(request().inputOfArrayOfTokenArrays(List.of(List.of(1L), List.of(2L, 3L, 4L))));

        assertThat(one.data()).hasSize(1);
        assertThat(one.usage().promptTokens()).isEqualTo(3);
        assertThat(two.data()).hasSize(2);
        assertThat(two.usage().promptTokens()).isEqualTo(4);
    }

    @Test
    void a_model_that_makes_no_embeddings_says_which_does() {
        assertThat(catchThrowableOfType(
                        OpenAIServiceException.class,
                        () -> embed(request().model("echo").input("text"))))
                .hasMessageContaining("use embed");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"model\":\"embed\"}                                              | input",
                "{\"model\":\"embed\",\"input\":\"\"}                               | input",
                "{\"model\":\"embed\",\"input\":[]}                                 | input",
                "{\"model\":\"embed\",\"input\":[\"a\",\"\"]}                       | input",
                "{\"model\":\"embed\",\"input\":[\"a\",1.5]}                        | input",
                "{\"model\":\"embed\",\"input\":[1,\"a\"]}                          | input",
                "{\"model\":\"embed\",\"input\":[[1],[]]}                           | input",
                "{\"model\":\"embed\",\"input\":\"a\",\"dimensions\":0}             | dimensions",
                "{\"model\":\"embed\",\"input\":\"a\",\"dimensions\":4097}          | dimensions",
                "{\"model\":\"embed\",\"input\":\"a\",\"dimensions\":\"many\"}      | dimensions",
                "{\"model\":\"embed\",\"input\":\"a\",\"encoding_format\":\"hex\"}  | encoding_format",
                "{\"input\":\"a\"}                                                  | model",
            })
    void a_request_that_cannot_be_met_names_the_field_at_fault(String request, String field) throws Exception {
        var response = sandbox.post("/v1/embeddings", request);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("\"param\":\"" + field + "\"", "\"code\":\"invalid_request_body\"");
    }
}
