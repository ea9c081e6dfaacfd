package dev.serai.refresh;

import dev.serai.catalog.BaseUrl;
import java.net.URI;
import java.net.URISyntaxException;

/** The rules for the address of a list, which are those of a provider's base URL. */
public final class ListUrl {
    private ListUrl() {}

    /** @throws ListException if a rule is broken; the message says which, and quotes no user or password */
    public static URI parse(String text) throws ListException {
        URI url;
        try {
            url = new URI(text);
        } catch (URISyntaxException e) {
            throw new ListException("is not a URL: " + e.getReason(), e);
        }
        boolean encrypted = "https".equalsIgnoreCase(url.getScheme());
        if (!encrypted && !"http".equalsIgnoreCase(url.getScheme())) {
            throw new ListException("must begin with https:// or http://");
        }
        if (url.getRawUserInfo() != null) {
            throw new ListException("must not contain a user or password");
        }
        if (url.getHost() == null || url.getPort() > 65_535) {
            throw new ListException("must have a valid host name and port");
        }
        if (!encrypted && !BaseUrl.isThisMachine(url.getHost())) {
            throw new ListException("must be https: whoever is on the way could set the prices");
        }
        return url;
    }

    /** What to call the list at this address: without a query, which may hold what is nobody's business. */
    static String name(URI url) {
        return url.toString().replaceFirst("[?#].*$", "");
    }
}
