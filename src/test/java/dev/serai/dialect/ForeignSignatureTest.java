package dev.serai.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.conversation.Conversations;
import dev.serai.conversation.Signature;
import java.util.Base64;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ForeignSignatureTest {
    private static final String CLIENT = "anthropic-messages";

    @Property(seed = "1")
    void a_foreign_signature_comes_back_as_it_was(@ForAll("signatures") Signature signature) {
        String written = ForeignSignature.write(signature, "another");
        assertThat(Base64.getDecoder().decode(written)).isNotEmpty();
        assertThat(ForeignSignature.read(written, "another")).isEqualTo(signature);
    }

    @Test
    void a_signature_of_the_client_s_own_dialect_stays_as_it_is() {
        Signature own = new Signature("EqoB", CLIENT, "claude");
        assertThat(ForeignSignature.write(own, CLIENT)).isEqualTo("EqoB");
        assertThat(ForeignSignature.read("EqoB", CLIENT)).isEqualTo(new Signature("EqoB", CLIENT, null));
    }

    @Test
    void an_envelope_within_an_envelope_is_opened_once() {
        Signature inner = new Signature("c2VyYWkx", CLIENT, "claude");
        assertThat(ForeignSignature.read(ForeignSignature.write(inner, CLIENT), CLIENT))
                .isEqualTo(inner);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "c2VyYWkx",
                "c2VyYWkx!",
                "c2VyYWkxOTk6YQ==", // 99:a
                "c2VyYWkxLTE6YQ==", // -1:a
                "c2VyYWkxeDp5" // x:y
            })
    void what_only_looks_like_an_envelope_is_a_signature_of_the_client_s_dialect(String text) {
        assertThat(ForeignSignature.read(text, CLIENT)).isEqualTo(new Signature(text, CLIENT, null));
    }

    @Property(seed = "1")
    void no_text_makes_it_throw(@ForAll("forged") String text) {
        assertThat(ForeignSignature.read(text, CLIENT).text()).isNotNull();
    }

    @Provide
    Arbitrary<Signature> signatures() {
        return Conversations.signatures();
    }

    @Provide
    Arbitrary<String> forged() {
        return Conversations.texts().map(text -> Base64.getEncoder()
                .encodeToString(("serai1" + text).getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }
}
