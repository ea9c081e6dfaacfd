package dev.serai.upstream.media;

import dev.serai.dialect.MediaUrl;
import java.util.Map;

/** Told once what became of the URLs of a request. */
public interface MediaListener {
    void fetched(Map<MediaUrl, Fetched> media);

    /**
     * One of them could not be had.
     *
     * @param host   the host in its URL
     * @param reason continues a sentence: {@code it answered with status 404}
     */
    void failed(MediaUrl url, String host, String reason);

    /** All requests together hold too much already. */
    void overloaded();

    /** The client has left. */
    void cancelled();
}
