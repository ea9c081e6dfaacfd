package dev.serai.management;

import dev.serai.control.Stored;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a call wants to be so before anything is done: the headers {@code If-Match} and {@code If-None-Match} of RFC 9110. The entity
 * tag of an object is its version.
 */
record Conditions(@Nullable String ifMatch, @Nullable String ifNoneMatch) {
    private static final String ANY = "*";

    /** {@code "3"} */
    static String tag(Stored object) {
        return '"' + Long.toString(object.stamp().version()) + '"';
    }

    /** @throws ApiException {@link ApiError#PRECONDITION_FAILED} if the caller saw another version than this */
    void requireMatch(String tag) {
        if (ifMatch != null && !names(ifMatch, tag)) {
            throw new ApiException(
                    ApiError.PRECONDITION_FAILED,
                    "The object is not as you saw it: its ETag is " + tag + " now. Read it again, and decide anew.");
        }
    }

    /** Whether the caller has this version already. */
    boolean isKnown(String tag) {
        return ifNoneMatch != null && names(ifNoneMatch, tag);
    }

    private static boolean names(String header, String tag) {
        return Arrays.stream(header.split(",", -1))
                .map(one -> one.strip().replaceFirst("^W/", ""))
                .anyMatch(one -> one.equals(ANY) || one.equals(tag));
    }
}
