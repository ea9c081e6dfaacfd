package dev.serai.journeys;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.serai.testing.RawServer;
import dev.serai.testing.RawServer.Connection;
import dev.serai.testing.RawServer.Received;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** A provider that understands what it is asked, and answers so that a test can tell what arrived. One request at a time. */
final class Caravan implements RawProvider.Reply {
    static final String TEXT = "The inn is open, caravanners ☕.";
    static final String THOUGHT = "They have come a long way, so be kind.";
    static final String HEARD = "I heard: ";
    static final List<String> CITIES = List.of("Samarkand", "Бухара");
    static final Sdk.Place PLACE = new Sdk.Place("Samarkand", 22);

    /** A model by each dialect, with a name that tells Serai how it is told to think. */
    static final Map<String, String> MODELS = Map.of(
            "openai-chat", "caravan-openai-chat:deepseek-chat",
            "openai-responses", "caravan-openai-responses:gpt-5-mini",
            "anthropic-messages", "caravan-anthropic-messages:claude-sonnet-4-5",
            "gemini", "caravan-gemini:gemini-2.5-flash");

    private static final Map<String, String> PATHS = Map.of(
            "openai-chat", "/chat/completions",
            "openai-responses", "/responses",
            "anthropic-messages", "/messages",
            "gemini",
                    "{path: '/models/{model}:generateContent', streamPath: '/models/{model}:streamGenerateContent?alt=sse'}");

    private volatile Heard heard;

    /** The file of a provider that speaks one dialect only. */
    static String file(String dialect, String baseUrl) {
        return """
                id: caravan-%s
                name: A caravan
                baseUrl: %s
                dialects:
                  %s: %s
                auth:
                  header: Authorization
                  prefix: "Bearer "
                  env: %s
                """.formatted(dialect, baseUrl, dialect, PATHS.get(dialect), RawProvider.KEY_VARIABLE);
    }

    /** What it was asked last. */
    Heard heard() {
        return heard;
    }

    static String afterImages(List<String> images) {
        return "I see " + String.join(" and ", images) + ".";
    }

    @Override
    public void to(Received request, Connection connection) throws IOException {
        heard = Heard.of(request);
        String name = "caravan/" + heard.dialect() + "/" + kind(heard);
        String text = new String(JsonStringEncoder.getInstance().quoteAsString(text(heard)));
        if (heard.streamed()) {
            RawProvider.stream(connection, RawProvider.answer(name + ".sse").replace("${text}", text));
        } else {
            connection.write(
                    RawServer.json(200, RawProvider.answer(name + ".json").replace("${text}", text)));
        }
    }

    private static String kind(Heard heard) {
        if (heard.tools().contains(Sdk.TOOL) && heard.results().isEmpty()) {
            return heard.texts().toString().contains("both") ? "calls" : "call";
        }
        return heard.thinks() && heard.shows() ? "thought" : "text";
    }

    private static String text(Heard heard) {
        if (!heard.images().isEmpty()) {
            return afterImages(heard.images());
        }
        if (!heard.results().isEmpty()) {
            return HEARD + String.join(" and ", heard.results()) + ".";
        }
        return heard.fields().isEmpty()
                ? TEXT
                : "{\"city\":\"" + PLACE.city() + "\",\"degrees\":" + PLACE.degrees() + "}";
    }
}
