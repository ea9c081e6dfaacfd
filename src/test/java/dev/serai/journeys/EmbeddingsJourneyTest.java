package dev.serai.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.openai.models.embeddings.CreateEmbeddingResponse;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.models.embeddings.EmbeddingCreateParams.EncodingFormat;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Embeddings with OpenAI's own client, which asks for base64 unless it is told to ask for numbers. */
class EmbeddingsJourneyTest {
    @RegisterExtension
    static final Journey JOURNEY = new Journey();

    private static List<Float> vector(String model, EncodingFormat format) {
        CreateEmbeddingResponse response = JOURNEY.openai()
                .embeddings()
                .create(EmbeddingCreateParams.builder()
                        .model(model)
                        .input("Samarkand")
                        .encodingFormat(format)
                        .build());
        assertThat(response.usage().promptTokens()).isPositive();
        return response.data().get(0).embedding();
    }

    @ParameterizedTest
    @CsvSource({"sandbox:embed, 8", "raw:embed-raw, 3"})
    void a_vector_is_the_same_as_numbers_and_as_base64(String model, int dimensions) {
        assertThat(vector(model, EncodingFormat.FLOAT))
                .hasSize(dimensions)
                .isEqualTo(vector(model, EncodingFormat.BASE64));
    }
}
