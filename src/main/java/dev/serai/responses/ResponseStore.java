package dev.serai.responses;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Where responses are kept. Thread-safe; no method blocks: a store on a disk or in a database answers later. What is kept may be gone
 * at any time.
 */
public interface ResponseStore {
    /**
     * What a response is found by. Nobody sees the responses of another access key.
     *
     * @param owner the id of the access key
     * @param id    of the response, as the client was told
     */
    record Key(String owner, String id) {}

    /** Keeps a response, in the place of one with the same key. */
    void keep(Key key, StoredResponse response);

    CompletionStage<Optional<StoredResponse>> find(Key key);

    /** Forgets a response; tells whether it was there. */
    CompletionStage<Boolean> remove(Key key);

    /** What this store keeps and for how long, for an error: continues the words {@code this gateway keeps}. */
    String promise();
}
