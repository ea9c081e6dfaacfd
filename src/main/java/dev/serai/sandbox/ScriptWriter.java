package dev.serai.sandbox;

import dev.serai.sandbox.Script.Failure;
import dev.serai.sandbox.Script.Stall;
import dev.serai.sandbox.Script.ToolCall;
import dev.serai.sandbox.Script.Words;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Decides what the model that was asked for does. Thread-safe. */
final class ScriptWriter {
    /** How every text of the sandbox begins, so that nobody takes it for a model. */
    static final String NOTICE = "This is Serai's sandbox, a pretend provider: ";

    private static final Pattern STATUS = Pattern.compile("\\bstatus=([45]\\d\\d)\\b");
    private static final String TWENTY_WORDS =
            NOTICE + "it sends one word each quarter of a second, twenty words in all.";
    private static final String THREE_WORDS = "Serai's pretend provider ";

    private final Timing timing;

    ScriptWriter(Timing timing) {
        this.timing = timing;
    }

    Script write(Ask ask) {
        PretendModel model = PretendModel.find(ask.model());
        if (model == null) {
            return unknown(ask.model());
        }
        return switch (model) {
            case ECHO -> words(echo(ask.userText()));
            case SLOW -> new Words(TWENTY_WORDS, timing.pauseMillis());
            case TOOL -> tool(ask);
            case FAIL -> fail(ask.userText());
            case STALL -> new Stall(words(THREE_WORDS), timing.stallMillis());
            case EMBED -> unsuitable("its model 'embed' makes no text; it serves /v1/embeddings alone.");
        };
    }

    /** What the embeddings endpoint says to any model but {@code embed}. */
    static Failure makesNoEmbeddings(String model) {
        return PretendModel.find(model) == null
                ? unknown(model)
                : unsuitable("its model '" + model + "' makes no embeddings; use embed.");
    }

    private static Failure unknown(String model) {
        String message = "it has no model '" + model + "'; use one of " + String.join(", ", PretendModel.ids()) + ".";
        return new Failure(404, "model_not_found", NOTICE + message, "model");
    }

    private static Failure unsuitable(String message) {
        return new Failure(400, "unsupported_model", NOTICE + message, "model");
    }

    private static Words words(String text) {
        return new Words(text, 0);
    }

    private static String echo(String text) {
        return NOTICE + (text.isBlank() ? "it repeats what you say, and you said nothing." : text);
    }

    private static Script tool(Ask ask) {
        if (ask.toolResult() != null) {
            return words(NOTICE + "the tool said: " + ask.toolResult());
        }
        Tool tool = ask.tool();
        return tool == null
                ? words(NOTICE + "it calls the first tool of a request; send one in `tools`, and allow it.")
                : new ToolCall(tool.name(), SampleArguments.of(tool.schema()).toString());
    }

    private static Failure fail(String text) {
        Matcher asked = STATUS.matcher(text);
        int status = asked.find() ? Integer.parseInt(asked.group(1)) : 500;
        String code = status == 429 ? "rate_limit_exceeded" : "pretend_failure";
        String message = NOTICE + "it fails with status " + status + ", as it was asked to;"
                + " say status=429 or another status from 400 to 599 to get that one.";
        return new Failure(status, code, message, null);
    }
}
