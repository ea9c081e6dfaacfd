package dev.serai.dialect;

/**
 * A URL in a conversation whose bytes a provider must be sent.
 *
 * @param url  http or https
 * @param sort what must be there
 */
public record MediaUrl(String url, Sort sort) {
    /** What a URL may lead to. */
    public enum Sort {
        IMAGE,
        DOCUMENT,
        AUDIO,
        VIDEO;

        /** For an error: {@code image}. */
        public String label() {
            return this == IMAGE ? "image" : this == DOCUMENT ? "document" : this == AUDIO ? "recording" : "film";
        }
    }
}
