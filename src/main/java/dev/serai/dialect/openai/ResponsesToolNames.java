package dev.serai.dialect.openai;

import dev.serai.conversation.Tool;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Names of tools that stand in a namespace. For everybody else the namespace is a part of the name: {@code weather} in {@code maps} is
 * {@code maps__weather}. Where that is longer than the 64 characters that functions may have, the namespace is cut and carries a hash.
 */
final class ResponsesToolNames {
    private static final int MAX_LENGTH = 64;
    private static final String SEPARATOR = "__";
    private static final int HASH_LENGTH = 8;

    /**
     * A tool as the client knows it.
     *
     * @param namespace null if it stands in none
     */
    record Name(String name, @Nullable String namespace) {}

    private final Map<String, Name> qualified = new HashMap<>();
    private final Map<String, @Nullable Name> bare = new HashMap<>();

    /** The tools that were declared. */
    ResponsesToolNames(List<Tool> tools) {
        for (Tool tool : tools) {
            if (tool instanceof Tool.Function function) {
                add(function.name(), function.namespace());
            } else if (tool instanceof Tool.Custom custom) {
                add(custom.name(), custom.namespace());
            }
        }
    }

    private void add(String name, @Nullable String namespace) {
        if (namespace == null) {
            qualified.put(name, new Name(name, null));
            return;
        }
        Name client = new Name(bare(name, namespace), namespace);
        qualified.put(name, client);
        bare.merge(client.name(), client, (one, other) -> new Name(client.name(), null));
    }

    /** As the client knows the tool that is called so. Some models leave out the namespace: then it is found if there is but one. */
    Name ofClient(String name) {
        Name known = qualified.get(name);
        if (known == null) {
            known = bare.get(name);
        }
        return known == null ? new Name(name, null) : known;
    }

    /**
     * As everybody else knows the tool that the client calls so.
     *
     * @param namespace null if the client named none
     */
    String ofConversation(String name, @Nullable String namespace) {
        if (namespace == null) {
            Name only = qualified.containsKey(name) ? null : bare.get(name);
            return only == null || only.namespace() == null ? name : qualified(only.namespace(), name);
        }
        String joined = qualified(namespace, name);
        return !qualified.containsKey(joined) && qualified.containsKey(name) ? name : joined;
    }

    static String qualified(String namespace, String name) {
        String joined = prefix(namespace) + name;
        if (joined.length() <= MAX_LENGTH) {
            return joined;
        }
        String mark = mark(namespace);
        int rest = Math.max(0, MAX_LENGTH - mark.length() - name.length());
        return namespace.substring(0, Math.min(rest, namespace.length())) + mark + name;
    }

    private static String bare(String qualified, String namespace) {
        String prefix = prefix(namespace);
        if (qualified.startsWith(prefix)) {
            return qualified.substring(prefix.length());
        }
        String mark = mark(namespace);
        int at = qualified.indexOf(mark);
        return at < 0 ? qualified : qualified.substring(at + mark.length());
    }

    private static String prefix(String namespace) {
        return namespace.endsWith(SEPARATOR) ? namespace : namespace + SEPARATOR;
    }

    private static String mark(String namespace) {
        return "_" + hash(namespace).substring(0, HASH_LENGTH) + SEPARATOR;
    }

    /** 64 characters that stand for a text. */
    static String hash(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
