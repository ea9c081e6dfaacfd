package dev.serai.dialect.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.conversation.Citation;
import dev.serai.conversation.Citation.Range;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an answer rests on: {@code groundingMetadata} and {@code citationMetadata} of a candidate as citations of its texts. Places are
 * counted within a part or through all texts of the answer, and which of the two is not said; so the words that stand with a place
 * decide, where there are any.
 */
final class GroundingDecoder {
    /** No answer rests on more. */
    private static final int MAX_CITATIONS = 2_000;

    private final List<BlockText> texts;
    private final long before;
    private final List<Cited> cited = new ArrayList<>();

    /** A citation and the number of the part it belongs to. */
    record Cited(int part, Citation citation) {}

    private record Place(int part, @Nullable Range span) {}

    private GroundingDecoder(List<BlockText> texts, long before) {
        this.texts = texts;
        this.before = before;
    }

    /**
     * The citations of a candidate.
     *
     * @param texts  its texts, in order, as far as they can still be cited
     * @param before the bytes of its texts before these
     */
    static List<Cited> decode(
            @Nullable JsonNode grounding, @Nullable JsonNode citations, List<BlockText> texts, long before) {
        if (texts.isEmpty()) {
            return List.of();
        }
        GroundingDecoder decoder = new GroundingDecoder(texts, before);
        if (grounding != null) {
            decoder.readGrounding(grounding);
        }
        if (citations != null) {
            decoder.readCitations(citations);
        }
        return decoder.cited;
    }

    private void readGrounding(JsonNode grounding) {
        JsonNode chunks = grounding.path("groundingChunks");
        for (JsonNode support : grounding.path("groundingSupports")) {
            JsonNode segment = support.path("segment");
            Place place = place(
                    segment.path("partIndex").asInt(0),
                    segment.path("startIndex").asLong(0),
                    segment.path("endIndex").asLong(0),
                    segment.path("text").asText(""));
            for (JsonNode index : support.path("groundingChunkIndices")) {
                add(place, citation(chunks.path(index.asInt(-1)), place.span));
            }
        }
    }

    private void readCitations(JsonNode metadata) {
        JsonNode list = metadata.has("citations") ? metadata.path("citations") : metadata.path("citationSources");
        for (JsonNode source : list) {
            Place place = place(
                    0,
                    source.path("startIndex").asLong(0),
                    source.path("endIndex").asLong(0),
                    "");
            add(place, page(source, null, place.span));
        }
    }

    private void add(Place place, @Nullable Citation citation) {
        if (citation != null && cited.size() < MAX_CITATIONS) {
            cited.add(new Cited(place.part, citation));
        }
    }

    private static @Nullable Citation citation(JsonNode chunk, @Nullable Range span) {
        JsonNode context = chunk.path("retrievedContext");
        if (context.isObject()) {
            String words = context.path("text").textValue();
            Citation page = page(context, words, span);
            String title = context.path("title").textValue();
            return page == null ? new Citation.OfDocument(null, null, title, words, null, null, span) : page;
        }
        return page(chunk.has("web") ? chunk.path("web") : chunk.path("maps"), null, span);
    }

    private static @Nullable Citation page(JsonNode source, @Nullable String words, @Nullable Range span) {
        String uri = source.path("uri").textValue();
        return uri == null ? null : new Citation.Web(uri, source.path("title").textValue(), words, span, null);
    }

    private Place place(int part, long from, long to, String words) {
        BlockText named = named(part);
        if (to <= from || from < 0) {
            return new Place(named.part(), null);
        }
        Place found = within(named, from, to, words);
        for (int i = 0; i < texts.size() && found == null; i++) {
            found = within(texts.get(i), from, to, words);
        }
        long passed = before;
        for (int i = 0; i < texts.size() && found == null; i++) {
            found = from < passed ? null : within(texts.get(i), from - passed, to - passed, words);
            passed += texts.get(i).bytes();
        }
        for (int i = 0; i < texts.size() && found == null; i++) {
            Range range = texts.get(i).of(words);
            found = range == null ? null : new Place(texts.get(i).part(), range);
        }
        return found == null ? new Place(named.part(), null) : found;
    }

    /** The text that a part is; the last one if the part is no text. */
    private BlockText named(int part) {
        for (BlockText text : texts) {
            if (text.part() == part) {
                return text;
            }
        }
        return texts.get(texts.size() - 1);
    }

    private static @Nullable Place within(BlockText text, long from, long to, String words) {
        Range range = text.ofBytes(from, to);
        return range == null || !text.says(words, range) ? null : new Place(text.part(), range);
    }
}
