package dev.serai.selection;

import dev.serai.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;

/** The models of a request that did not become candidates, each with the reason. */
public final class DroppedModels {
    private static final int MAX_NAMED = 20;

    private final List<String> named = new ArrayList<>();
    private int more;

    void add(Target target, ErrorCode reason) {
        if (named.size() < MAX_NAMED) {
            named.add(printable(target.name()) + ";" + reason.code());
        } else {
            more++;
        }
    }

    /**
     * For a header: {@code openai:gpt-5.4;model_not_allowed, groq:llama;unsupported_capability}. After twenty of them, how many more
     * there are: {@code +7}.
     */
    public String header() {
        String text = String.join(", ", named);
        return more == 0 ? text : text + ", +" + more;
    }

    /** A client chooses what stands behind a provider's prefix: whatever a header or this list cannot hold is a question mark. */
    private static String printable(String name) {
        StringBuilder text = new StringBuilder();
        Directory.shown(name)
                .chars()
                .map(c -> c > ' ' && c < 0x7f && c != ',' && c != ';' ? c : '?')
                .forEach(c -> text.append((char) c));
        return text.toString();
    }
}
