package dev.serai.journeys;

import java.util.Base64;
import java.util.function.UnaryOperator;

/** A client library, and how each thing that a client does is said with it. */
interface Sdk {
    String TOOL = "weather";

    /** A picture of one pixel. */
    byte[] PNG = Base64.getDecoder()
            .decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    /** What the tool is asked for. */
    record City(String city) {}

    /** What an answer in the form of a schema is read into; its fields are the schema. */
    record Place(String city, int degrees) {}

    /** A text, and what was thought before it; empty if nothing is shown. */
    record Thinking(String text, String thought) {}

    /** Whether its requests ask to see what was thought; those of chat completions cannot. */
    boolean asksForThoughts();

    String talk(String model, String question, boolean streamed);

    /** Offers one tool, which is {@code weather}, runs it until no more calls come, and gives the last text. */
    String callTools(String model, String question, boolean streamed, UnaryOperator<String> weather);

    Place structure(String model, String question);

    String look(String model, String question);

    Thinking think(String model, String question, boolean streamed);
}
