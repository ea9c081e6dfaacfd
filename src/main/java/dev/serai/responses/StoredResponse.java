package dev.serai.responses;

/**
 * A response and the conversation that led to it, each as JSON in UTF-8. The arrays are not copied, and not to be changed.
 *
 * @param items    the items of the conversation from its beginning, the output of this response included, with commas between them
 * @param response the whole object
 */
@SuppressWarnings("ArrayRecordComponent") // kept and given back, never compared
public record StoredResponse(byte[] items, byte[] response) {
    int bytes() {
        return items.length + response.length;
    }
}
