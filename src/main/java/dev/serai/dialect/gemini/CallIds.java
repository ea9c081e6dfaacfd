package dev.serai.dialect.gemini;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Ids for calls of functions, which Google's dialect leaves out more often than not. An id that was made here is recognised and not
 * sent back to a model that never saw it. Not thread-safe.
 */
final class CallIds {
    private static final String MADE = "gemini-call-";

    private final String scope;
    private final List<Open> open = new ArrayList<>();
    private final Set<String> used = new HashSet<>();
    private int calls;

    /** A call that has no result yet. */
    private record Open(String id, String name) {}

    private CallIds(String scope) {
        this.scope = scope;
    }

    /** Of a request: numbered from its beginning, so that the same conversation has the same ids in its next turn. */
    static CallIds ofRequest() {
        return new CallIds("");
    }

    /**
     * Of a reply: unique in the conversation by the reply's own id.
     *
     * @param replyId empty if it has none
     */
    static CallIds ofReply(String replyId) {
        String plain = replyId.replaceAll("[^A-Za-z0-9_-]", "");
        return new CallIds((plain.isEmpty()
                        ? Long.toString(ThreadLocalRandom.current().nextLong() >>> 1, 36)
                        : plain.substring(0, Math.min(plain.length(), 40)))
                + "-");
    }

    /** Whether the id was made here. */
    static boolean isMade(String id) {
        return id.startsWith(MADE);
    }

    /** The id of a call: its own, or a new one. */
    String ofCall(@Nullable String id, String name) {
        String given = id == null || id.isEmpty() ? made() : id;
        used.add(given);
        open.add(new Open(given, name));
        return given;
    }

    private String made() {
        String id = MADE + scope + calls++;
        return used.contains(id) ? made() : id;
    }

    /** The id of the call that a result belongs to: as it says, or else the first open call of this function. */
    String ofResult(@Nullable String id, String name) {
        boolean unsaid = id == null || id.isEmpty();
        for (Open call : open) {
            if (unsaid ? call.name.equals(name) : call.id.equals(id)) {
                open.remove(call);
                return call.id;
            }
        }
        return unsaid ? made() : String.valueOf(id);
    }
}
