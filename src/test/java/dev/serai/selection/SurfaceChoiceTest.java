package dev.serai.selection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.catalog.Auth;
import dev.serai.catalog.Kind;
import dev.serai.catalog.Model;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SurfaceChoiceTest {
    private static final Set<String> PAIRS = Set.of("chat responses", "chat messages", "messages chat");

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            # the provider speaks | the model is served in | asked     | spoken
            chat responses        | -                      | chat      | chat
            chat responses        | -                      | responses | responses
            responses messages    | -                      | chat      | responses
            messages responses    | -                      | chat      | messages
            chat responses        | responses              | chat      | responses
            chat                  | -                      | messages  | chat
            chat                  | -                      | responses | -
            responses             | -                      | messages  | -
            chat responses        | responses              | messages  | -
            """)
    void the_clients_dialect_comes_first_then_what_it_can_be_translated_to(
            String spoken, @Nullable String served, String asked, @Nullable String dialect) {
        Model model = Model.builder("m")
                .dialects(served == null ? List.of() : List.of(served.split(" ")))
                .build();
        Target target = new Target(Shelf.provider("p", new Auth.None(), spoken, model), "m", model);
        assertThat(new SurfaceChoice((from, to) -> PAIRS.contains(from + " " + to)).dialect(target, asked))
                .isEqualTo(dialect);
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            openai-chat, openai-chat
            anthropic-messages, -
            """)
    void today_nothing_is_translated_and_nothing_is_known_of_an_unlisted_model(String asked, @Nullable String dialect) {
        Target target = new Target(Shelf.provider("p", new Auth.None(), "openai-chat", new String[0]), "m", null);
        assertThat(SurfaceChoice.SAME_DIALECT.dialect(target, asked)).isEqualTo(dialect);
    }

    @ParameterizedTest
    @CsvSource({"openai-embeddings, openai-embeddings"})
    void a_model_of_one_kind_is_not_spoken_to_as_another(String asked, String dialect) {
        Model model = Model.builder("m").kind(Kind.EMBEDDING).build();
        Target target =
                new Target(Shelf.provider("p", new Auth.None(), "openai-chat openai-embeddings", model), "m", model);
        assertThat(new SurfaceChoice((from, to) -> true).dialect(target, asked)).isEqualTo(dialect);
        assertThat(SurfaceChoice.SAME_DIALECT.dialect(target, "openai-chat")).isNull();
    }
}
