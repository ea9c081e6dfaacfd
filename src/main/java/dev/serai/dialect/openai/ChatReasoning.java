package dev.serai.dialect.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.conversation.Effort;
import dev.serai.conversation.Reasoning;
import dev.serai.conversation.Reasoning.Mode;
import dev.serai.dialect.CodecException;
import dev.serai.dialect.JsonMembers;
import org.jspecify.annotations.Nullable;

/**
 * How clients say how hard a model shall think: OpenAI's {@code reasoning_effort}, OpenRouter's {@code reasoning}, and the {@code
 * thinking} of DeepSeek, Moonshot and Z.ai. An object that says more than the model can hold is an extra as well, and then goes back
 * whole to a provider that speaks Chat.
 */
final class ChatReasoning {
    static final String EFFORT = "reasoning_effort";
    static final String OPENROUTER = "reasoning";
    static final String THINKING = "thinking";

    private final JsonMembers body;
    private @Nullable Mode mode;
    private @Nullable Effort effort;
    private @Nullable Long budget;
    private Reasoning.@Nullable Summary summary;

    private ChatReasoning(JsonMembers body) {
        this.body = body;
    }

    static Reasoning read(JsonMembers body) throws CodecException {
        return new ChatReasoning(body).read();
    }

    private Reasoning read() throws CodecException {
        String word = body.text(EFFORT);
        effort = word == null ? null : ChatWords.effort(word);
        if (effort == null) {
            body.leave(EFFORT); // Groq knows "default"
        }
        readObject(OPENROUTER, this::readOpenRouter);
        readObject(THINKING, this::readThinking);
        if (mode == null && effort == null && budget == null && summary == null) {
            return Reasoning.UNSAID;
        }
        return new Reasoning(mode, effort, budget, summary, null);
    }

    private interface Reader {
        void read(JsonMembers object) throws CodecException;
    }

    private void readObject(String name, Reader reader) throws CodecException {
        JsonNode value = body.peek(name);
        if (value == null || !value.isObject()) {
            return; // what else it may be is left over
        }
        JsonMembers object = body.object(name);
        if (object != null) {
            reader.read(object);
            if (object.hasLeftOver()) {
                body.leave(name);
            }
        }
    }

    private void readOpenRouter(JsonMembers reasoning) throws CodecException {
        String word = reasoning.text("effort");
        Effort stated = word == null ? null : ChatWords.effort(word);
        if (word != null && stated == null) {
            reasoning.leave("effort");
        }
        effort = stated == null ? effort : stated;
        budget(reasoning, "max_tokens");
        Boolean enabled = reasoning.flag("enabled");
        if (enabled != null) {
            mode = enabled ? Mode.ON : Mode.OFF;
        }
        if (Boolean.TRUE.equals(reasoning.flag("exclude"))) {
            summary = Reasoning.Summary.HIDDEN;
        }
    }

    private void readThinking(JsonMembers thinking) throws CodecException {
        String type = thinking.text("type");
        Mode stated = type == null ? null : mode(type);
        if (type != null && stated == null) {
            thinking.leave("type");
        }
        mode = stated == null ? mode : stated;
        budget(thinking, "budget_tokens");
    }

    private void budget(JsonMembers object, String name) throws CodecException {
        Long stated = object.integer(name);
        if (stated != null && stated < 0) {
            throw new CodecException("must not be negative", object.at(name));
        }
        budget = stated == null ? budget : stated;
    }

    private static @Nullable Mode mode(String type) {
        return switch (type) {
            case "enabled" -> Mode.ON;
            case "disabled" -> Mode.OFF;
            case "adaptive", "auto" -> Mode.ADAPTIVE;
            default -> null;
        };
    }
}
