package dev.serai.selection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.serai.access.Scope;
import dev.serai.catalog.Auth;
import dev.serai.catalog.Capability;
import dev.serai.catalog.Catalog;
import dev.serai.catalog.Kind;
import dev.serai.catalog.Modality;
import dev.serai.catalog.Model;
import dev.serai.dialect.openai.OpenAiChat;
import dev.serai.error.ErrorCode;
import dev.serai.error.GatewayException;
import dev.serai.selection.Shelf.Ask;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests that a model is known not to be able to serve. */
class CapabilityCheckTest {
    private static final Catalog CATALOG = new Catalog(List.of(Shelf.provider(
            "maker",
            new Auth.None(),
            "openai-chat openai-embeddings",
            new Model("unknown"),
            Model.builder("text")
                    .modalities(Set.of(Modality.TEXT), Set.of(Modality.TEXT))
                    .build(),
            Model.builder("seeing")
                    .modalities(Set.of(Modality.TEXT, Modality.IMAGE), Set.of())
                    .build(),
            Model.builder("omni")
                    .modalities(
                            Set.of(Modality.TEXT, Modality.IMAGE, Modality.AUDIO, Modality.VIDEO, Modality.PDF),
                            Set.of())
                    .build(),
            Model.builder("plain")
                    .capabilities(Set.of(), Set.of(Capability.TOOLS, Capability.STRUCTURED_OUTPUT))
                    .build(),
            Model.builder("whole")
                    .capabilities(Set.of(), Set.of(Capability.STREAMING))
                    .build(),
            Model.builder("tiny").limits(100L, null).build(),
            Model.builder("vectors").kind(Kind.EMBEDDING).build(),
            Model.builder("voice").kind(Kind.AUDIO).build(),
            Model.builder("talker")
                    .kind(Kind.AUDIO)
                    .dialects(List.of("openai-chat"))
                    .build())));

    private static final String IMAGE = "{\"messages\":[{\"content\":[{\"image_url\":{\"url\":\"u\"}}]}]}";

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", quoteCharacter = '`', textBlock = """
            unknown | {"messages":[{"content":[{"image_url":1},{"input_audio":1}]}],"tools":[1]} | -
            text    | {"messages":[{"content":"hi"}]}                     | -
            text    | {"messages":[{"content":[{"image_url":1}]}]}        | it takes no image
            text    | {"messages":[{"content":[{"input_audio":1}]}]}      | it takes no audio
            text    | {"messages":[{"content":[{"video_url":1}]}]}        | it takes no video
            text    | {"messages":[{"content":[{"file":{"file_data":"data:application/pdf;base64,"}}]}]} | it takes no document
            seeing  | {"messages":[{"content":[{"image_url":1}]}]}        | -
            seeing  | {"messages":[{"content":[{"input_audio":1}]}]}      | it takes no audio
            # documents become pictures
            seeing  | {"messages":[{"content":[{"file":{"file_data":"data:application/pdf;base64,"}}]}]} | -
            omni    | {"messages":[{"content":[{"image_url":1},{"input_audio":1},{"video_url":1}]}]} | -
            text    | {"tools":[{"type":"function"}]}                     | -
            plain   | {"tools":[{"type":"function"}]}                     | it calls no tools
            plain   | {"tools":[]}                                        | -
            plain   | {"response_format":{"type":"json_schema"}}          | its answers cannot be held to a schema
            plain   | {"response_format":{"type":"json_object"}}          | -
            plain   | {"messages":[{"content":[{"image_url":1}]}]}        | -
            vectors | {"messages":[]}                                     | it is of the kind embedding, which is not called with openai-chat
            voice   | {"messages":[]}                                     | it is of the kind audio, which is not called with openai-chat
            # a file that says in which dialects a model is served knows better than its kind
            talker  | {"messages":[]}                                     | -
            """)
    void a_model_is_refused_for_what_is_known_of_it_and_nothing_else(
            String model, String request, @Nullable String reason) {
        Ask ask = Ask.of("openai-chat", model).in(CATALOG).with(Shelf.needs(new OpenAiChat().needs(), request));
        if (reason == null) {
            assertThat(ask.planned()).isEqualTo("maker/" + model);
        } else {
            GatewayException refused = catchThrowableOfType(GatewayException.class, ask::plan);
            assertThat(refused.code()).isEqualTo(ErrorCode.UNSUPPORTED_CAPABILITY);
            assertThat(refused).hasMessage("The model maker:" + model + " cannot serve this request: " + reason + ".");
        }
    }

    @ParameterizedTest
    @CsvSource({"100, true", "101, false"})
    void a_request_with_more_words_than_the_context_window_has_tokens_is_too_long(int words, boolean fits) {
        String request = "{\"messages\":[{\"content\":\"" + "word ".repeat(words) + "\"}]}";
        Ask ask = Ask.of("openai-chat", "tiny", "unknown")
                .in(CATALOG)
                .with(Shelf.needs(new OpenAiChat().needs(), request));
        Selection selection = ask.begin();
        assertThat(ask.plan(selection).candidates().get(0).model()).isEqualTo(fits ? "tiny" : "unknown");
        if (!fits) {
            assertThat(selection.dropped())
                    .extracting(DroppedModels::header)
                    .isEqualTo("maker:tiny;unsupported_capability");
        }
    }

    @Test
    void a_model_that_does_not_stream_is_refused_where_a_stream_is_wanted() {
        Ask ask = Ask.of("openai-chat", "whole").in(CATALOG);
        assertThat(ask.planned()).isEqualTo("maker/whole");
        Selection streamed = new Selection(
                ask.directory(),
                "openai-chat",
                List.of("whole"),
                true,
                Shelf.nothing(),
                Scope.ALL,
                (provider, model, dialect) -> List.of());
        assertThat(catchThrowableOfType(GatewayException.class, () -> ask.plan(streamed)))
                .hasMessageContaining("it does not stream its answers");
    }

    @Test
    void a_model_that_cannot_is_skipped_for_the_next_one_and_named() {
        Ask ask =
                Ask.of("openai-chat", "text", "seeing").in(CATALOG).with(Shelf.needs(new OpenAiChat().needs(), IMAGE));
        Selection selection = ask.begin();
        assertThat(ask.plan(selection).candidates())
                .extracting(Candidate::model)
                .containsExactly("seeing");
        assertThat(selection.dropped())
                .extracting(DroppedModels::header)
                .isEqualTo("maker:text;unsupported_capability");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"messages":[]}                                                             | maker/unknown maker/text
            {"messages":[{"content":[{"image_url":1}]}]}                                | maker/seeing maker/unknown
            {"messages":[],"tools":[1]}                                                 | maker/unknown maker/omni
            {"messages":[{"content":[{"image_url":1}]}],"tools":[1]}                    | maker/seeing maker/unknown maker/omni
            """)
    void an_alias_may_say_for_which_requests_its_members_are_meant(String request, String planned) {
        Alias alias = new Alias(
                "assistant",
                Strategy.ORDERED,
                List.of(
                        new Alias.Member("seeing", 1, new When(null, true, null, null, null, null)),
                        new Alias.Member("unknown", 1, When.ALWAYS),
                        new Alias.Member("text", 1, new When(false, false, null, null, null, null)),
                        new Alias.Member("omni", 1, new When(true, null, false, false, false, null))));
        assertThat(Ask.of("openai-chat", "assistant")
                        .in(CATALOG, alias)
                        .with(Shelf.needs(new OpenAiChat().needs(), request))
                        .planned())
                .isEqualTo(planned);
    }

    @Test
    void an_alias_none_of_whose_members_is_meant_is_refused_unless_another_name_follows() {
        Alias alias = new Alias(
                "eyes",
                Strategy.ORDERED,
                List.of(new Alias.Member("seeing", 1, new When(null, true, null, null, null, null))));
        GatewayException refused = catchThrowableOfType(
                GatewayException.class,
                () -> Ask.of("openai-chat", "eyes").in(CATALOG, alias).plan());
        assertThat(refused.code()).isEqualTo(ErrorCode.UNSUPPORTED_CAPABILITY);
        assertThat(refused).hasMessageContaining("No model of the alias 'eyes' is meant for a request like this one");
        assertThat(Ask.of("openai-chat", "eyes", "text").in(CATALOG, alias).planned())
                .isEqualTo("maker/text");
    }
}
