package dev.serai.dialect.gemini;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.conversation.Content;
import dev.serai.conversation.Signature;
import dev.serai.conversation.Source;
import dev.serai.dialect.Feature;
import dev.serai.dialect.ForeignSignature;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The parts of a reply. Functions have the names that the client gave them. Not thread-safe. */
final class ReplyParts extends PartEncoder {
    ReplyParts(Drops drops) {
        super(UnaryOperator.identity(), drops);
    }

    @Override
    String signed(Signature signature) {
        return ForeignSignature.write(signature, Gemini.ID);
    }

    @Override
    @Nullable
    ObjectNode unknown(Source source) {
        drops().add(Feature.FILE_ID, "a file that only its provider knows");
        return null;
    }

    @Override
    public Boolean audio(Content.Audio audio) {
        drops().addIf(audio.transcript() != null, Feature.AUDIO_OUTPUT, "Gemini has no words beside sound");
        return super.audio(audio);
    }

    @Override
    public Boolean toolResult(Content.ToolResult result) {
        ObjectNode function = Json.object().put("id", result.callId());
        function.put("name", result.name() == null ? result.callId() : result.name());
        function.set("response", ToolResults.encode(ToolResults.texts(result.contents()), result.isError()));
        return add(wrapped("functionResponse", function));
    }

    @Override
    public Boolean thinking(Content.Thinking thinking) {
        return add(sign(Json.object().put("text", thinking.text()).put("thought", true), thinking.signature()));
    }

    @Override
    public Boolean redactedThinking(Content.RedactedThinking thinking) {
        return add(sign(Json.object().put("thought", true), thinking.signature()));
    }
}
