package dev.serai.upstream.media;

/** Something could not be fetched. An ordinary outcome, so it carries no stack trace. Its message is the reason, without the URL. */
final class MediaException extends Exception {
    private static final long serialVersionUID = 1L;

    /** @param reason continues a sentence that names the host, such as {@code it answered with status 404} */
    MediaException(String reason) {
        super(reason, null, false, false);
    }
}
