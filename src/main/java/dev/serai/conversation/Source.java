package dev.serai.conversation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the bytes of an image, a document or a recording are. */
public sealed interface Source {
    /**
     * Somewhere on the network; also the {@code fileUri} of Gemini, which may be {@code gs:} or the address of an uploaded file.
     *
     * @param url       never a {@code data:} URL: that is {@link Base64}
     * @param mediaType such as {@code image/png}; null if not stated
     */
    record Url(String url, @Nullable String mediaType) implements Source {}

    /**
     * In the message itself. Chat and Responses: a {@code data:} URL, or {@code input_audio}. Messages: a source of type {@code
     * base64}. Gemini: {@code inlineData}.
     *
     * @param mediaType such as {@code image/png}, with parameters if stated ({@code audio/L16;rate=24000}); null if not stated
     * @param data      base64 as it came, not decoded
     */
    record Base64(@Nullable String mediaType, String data) implements Source {}

    /**
     * Uploaded before to one provider, and known only there. Chat, Responses and Messages: {@code file_id}; Chat also: the id of an
     * earlier spoken answer.
     *
     * @param dialect the id of the dialect in which the file was named
     */
    record FileId(String dialect, String id) implements Source {}

    /** Plain text. Messages: a document source of type {@code text}. Elsewhere a document in text becomes text. */
    record PlainText(String text) implements Source {}

    /** Parts that are cited one by one: texts and images. Messages: a document source of type {@code content}. */
    record Parts(List<Content> contents) implements Source {
        public Parts {
            contents = List.copyOf(contents);
        }
    }
}
