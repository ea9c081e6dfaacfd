package dev.serai.conversation;

import org.jspecify.annotations.Nullable;

/** Where a part of an answer was taken from. */
public sealed interface Citation {
    /**
     * A part of the answer's text block, or of a document, whose units the context names.
     *
     * @param from the first, from 0
     * @param to   behind the last
     */
    record Range(long from, long to) {
        public Range {
            if (from < 0 || to < from) {
                throw new IllegalArgumentException("a range begins at 0 or later and does not end before it begins");
            }
        }
    }

    /**
     * A page of the web. Chat and Responses: {@code url_citation}. Messages: {@code web_search_result_location}. Gemini: {@code
     * citationMetadata}, {@code groundingMetadata}.
     *
     * @param title     null if not stated
     * @param citedText the words of the page; null if not stated
     * @param span      the part of the text block that rests on it, in Unicode code points (codecs convert from Gemini's bytes and
     *     from positions in a text that is made of several blocks); null for the whole block
     * @param token     what the provider wants to see again with it (Messages: {@code encrypted_index}); null if nothing
     */
    record Web(
            String url,
            @Nullable String title,
            @Nullable String citedText,
            @Nullable Range span,
            @Nullable String token)
            implements Citation {}

    /**
     * A document of the request, or an uploaded file. Messages: {@code char_location}, {@code page_location}, {@code
     * content_block_location}. Responses: {@code file_citation}, with {@code title} for the file's name and the place of the
     * citation in the answer in {@code span}.
     *
     * @param document  which of the documents of the request, from 0; null if it is named otherwise
     * @param fileId    null if it has none
     * @param title     null if not stated
     * @param citedText null if not stated
     * @param unit      what {@code place} counts; null exactly if {@code place} is
     * @param place     the part of the document, counted from 0 whatever the dialect; null if not stated
     * @param span      the part of the text block, in code points; null for the whole block
     */
    record OfDocument(
            @Nullable Integer document,
            @Nullable String fileId,
            @Nullable String title,
            @Nullable String citedText,
            @Nullable Unit unit,
            @Nullable Range place,
            @Nullable Range span)
            implements Citation {
        public OfDocument {
            if ((unit == null) != (place == null)) {
                throw new IllegalArgumentException("a place needs its unit, and a unit its place");
            }
        }
    }

    /** What a place in a document is counted in. */
    enum Unit {
        CHARACTERS,
        PAGES,
        BLOCKS
    }

    /** A kind that only one dialect knows; {@code json} is the whole citation. */
    record Opaque(String dialect, RawJson json) implements Citation {}
}
