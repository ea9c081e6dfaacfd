package dev.serai.catalog;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;

/**
 * The rules for a provider's base URL: encrypted, unless it stays on this machine or the file says that it need not be.
 */
public final class BaseUrl {
    private static final Pattern LOOPBACK =
            Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[(::1|0:0:0:0:0:0:0:1)]", Pattern.CASE_INSENSITIVE);

    private BaseUrl() {}

    /**
     * @param text     without variables
     * @param insecure whether plain http may leave this machine
     * @return the URL, its path without a trailing slash
     * @throws IllegalArgumentException if a rule is broken; the message says which, and does not quote a user or
     *     password
     */
    static URI parse(String text, boolean insecure) {
        URI url = uri(text);
        require(
                "https".equalsIgnoreCase(url.getScheme()) || "http".equalsIgnoreCase(url.getScheme()),
                "must begin with https:// or http://");
        require(
                url.getRawUserInfo() == null,
                "must not contain a user or password; name the key's variable in auth.env");
        require(url.getHost() != null && url.getPort() <= 65_535, "must have a valid host name and port");
        require(url.getRawFragment() == null, "must not have a fragment");
        require(
                !"http".equalsIgnoreCase(url.getScheme()) || insecure || isThisMachine(url.getHost()),
                "must be https: prompts and keys would cross the network unencrypted. If that is meant, set insecure:"
                        + " true");
        int mark = text.indexOf('?');
        String path = mark < 0 ? text : text.substring(0, mark);
        return URI.create(path.replaceFirst("/+$", "") + text.substring(path.length()));
    }

    /** Whether a URL's host is this machine, by what it is called and not by what it resolves to. */
    public static boolean isThisMachine(String host) {
        return LOOPBACK.matcher(host).matches();
    }

    private static URI uri(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("is not a URL: " + e.getReason(), e);
        }
    }

    private static void require(boolean rule, String otherwise) {
        if (!rule) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
