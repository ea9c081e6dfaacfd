package dev.serai.dialect;

import dev.serai.json.JsonDocument;
import dev.serai.json.JsonException;
import dev.serai.json.TextExtent;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a request asks of the model that answers it. Every answer is worked out when it is first wanted, because most requests go to
 * models of which nobody has to know. For one request and one thread.
 */
public final class RequestNeeds {
    /** A form of input beside text. */
    public enum Input {
        IMAGE,
        AUDIO,
        VIDEO,
        /** A PDF. Other files are for the provider to judge. */
        DOCUMENT
    }

    /** How a dialect says it. Stateless; what is malformed is left for the provider to judge. */
    public interface Reader {
        /** A dialect in which nothing is asked that a model of the right kind could refuse. */
        Reader NONE = new Reader() {
            @Override
            public boolean isOneInput() {
                return false;
            }
        };

        /** Whether all the text of a request fills one context window, unlike that of a batch. */
        default boolean isOneInput() {
            return true;
        }

        /** Words without any of which there is no input beside text: looking for them is much cheaper than reading. */
        default Hints hints() {
            return Hints.NONE;
        }

        /** Adds the forms of input that the request holds. */
        default void findInputs(JsonDocument body, Set<Input> found) throws JsonException {
            // nothing but text
        }

        /** The most tokens of output that the request allows, all of its answers together; negative if it does not say. */
        default long outputLimit(JsonDocument body) {
            return UNSAID;
        }

        /** Whether the model is offered tools. */
        default boolean offersTools(JsonDocument body) {
            return false;
        }

        /** Whether the answer must fit a schema. */
        default boolean demandsSchema(JsonDocument body) {
            return false;
        }
    }

    /** What a number is that a request does not have. */
    public static final long UNSAID = -1;

    private static final int BYTES_PER_TOKEN = 4;

    private final JsonDocument body;
    private final Reader reader;
    private @Nullable Set<Input> inputs;
    private @Nullable TextExtent extent;
    private @Nullable Boolean tools;
    private @Nullable Boolean schema;

    public RequestNeeds(JsonDocument body, Reader reader) {
        this.body = body;
        this.reader = reader;
    }

    /** The forms of input that the model must take beside text. */
    public Set<Input> inputs() {
        if (inputs == null) {
            inputs = readInputs();
        }
        return inputs;
    }

    private Set<Input> readInputs() {
        Set<Input> found = EnumSet.noneOf(Input.class);
        if (reader.hints().occurIn(body.array())) {
            try {
                reader.findInputs(body, found);
            } catch (JsonException e) {
                throw new IllegalStateException("the bytes of a document have changed", e);
            }
        }
        return found;
    }

    /** Whether the model is offered tools. */
    public boolean tools() {
        if (tools == null) {
            tools = reader.offersTools(body);
        }
        return tools;
    }

    /** Whether the answer must fit a schema. */
    public boolean schema() {
        if (schema == null) {
            schema = reader.demandsSchema(body);
        }
        return schema;
    }

    /** The most tokens of output that the request allows, all of its answers together; {@link #UNSAID} if it does not say. */
    public long outputLimit() {
        long limit = reader.outputLimit(body);
        return limit < 0 ? UNSAID : limit;
    }

    /** A limit for each of several answers; what is not said stays so, and what is beyond counting is as much as can be counted. */
    public static long times(long limit, long answers) {
        if (limit < 0) {
            return UNSAID;
        }
        return Math.max(1, answers) > Long.MAX_VALUE / Math.max(1, limit)
                ? Long.MAX_VALUE
                : limit * Math.max(1, answers);
    }

    /**
     * Whether the input is certainly longer than this. Counts words: tokenizers split words and hardly ever join them, so there are
     * more tokens than words.
     */
    public boolean isLongerThan(long tokens) {
        return body.size() / 2 > tokens && reader.isOneInput() && extent().words() > tokens;
    }

    /** The usual estimate of the input tokens: one for four bytes of text. Pictures and files are not counted. */
    public long tokensAbout() {
        return extent().bytes() / BYTES_PER_TOKEN;
    }

    private TextExtent extent() {
        if (extent == null) {
            extent = TextExtent.of(body.array());
        }
        return extent;
    }
}
