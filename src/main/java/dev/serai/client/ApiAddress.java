package dev.serai.client;

import dev.serai.access.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where the management API is, and with which key it is called.
 *
 * @param base without a slash at its end
 */
public record ApiAddress(String base, Secret key) {
    public static final String URL_VARIABLE = "SERAI_API_URL";
    public static final String KEY_VARIABLE = "SERAI_API_KEY";
    public static final String USUAL = "http://127.0.0.1:8081";

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    /**
     * The address as it is asked for, else as the environment has it. The key comes from the environment alone: arguments are in
     * the list of processes.
     *
     * @throws CallException if there is no key, or the URL is none
     */
    public static ApiAddress of(@Nullable String asked, Map<String, String> environment) throws CallException {
        String base = asked == null ? environment.getOrDefault(URL_VARIABLE, "") : asked;
        String key = environment.getOrDefault(KEY_VARIABLE, "").strip();
        if (key.isEmpty()) {
            throw new CallException(
                    0,
                    KEY_VARIABLE
                            + " is not set. Put an API key into it, such as the one that the first start printed.");
        }
        if (!key.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new CallException(0, KEY_VARIABLE + " holds characters that no API key has.");
        }
        return new ApiAddress(checked(base.isEmpty() ? USUAL : base), new Secret(key));
    }

    private static String checked(String base) throws CallException {
        try {
            URI url = new URI(base);
            boolean isHttp = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
            if (isHttp
                    && url.getHost() != null
                    && url.getRawUserInfo() == null
                    && url.getRawQuery() == null
                    && url.getRawFragment() == null) {
                return base.replaceFirst("/+$", "");
            }
        } catch (URISyntaxException e) {
            // Told below.
        }
        throw new CallException(
                0, "The URL of the management API must be one such as " + USUAL + ", without user and query.");
    }

    /** Whether others can read the key on its way. */
    public boolean isOpen() {
        URI url = URI.create(base);
        return "http".equalsIgnoreCase(url.getScheme()) && !LOOPBACK.contains(url.getHost());
    }
}
