package dev.serai.selection;

import dev.serai.access.Credential;
import dev.serai.access.Secret;
import dev.serai.access.Secrets;
import dev.serai.catalog.Auth;
import dev.serai.catalog.Provider;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What the operator's environment holds to authenticate with at providers. Thread-safe. */
public final class ProviderCredentials implements Credentials {
    private static final List<Owned> NOTHING_ASKED = List.of(new Owned(new Credential.None(), KeySource.MANAGED));

    private final Map<String, String> environment;
    private final Secrets masked;
    private final Map<Auth.Header, List<Owned>> known = new ConcurrentHashMap<>();

    /**
     * Credentials from these variables. A variable that is not set, or whose value is blank or cannot stand in a
     * header, is no credential. Space around a value is dropped: it is what a file read into a variable ends in. Several keys are
     * separated by commas, in the order in which to try them.
     *
     * @param masked where a credential is registered before anybody gets it
     */
    public ProviderCredentials(Map<String, String> environment, Secrets masked) {
        this.environment = Map.copyOf(environment);
        this.masked = masked;
    }

    /** What to send to this provider; empty if it asks for a key and there is none. */
    public Optional<Credential> of(Provider provider) {
        return of(provider.auth()).stream().findFirst().map(Owned::credential);
    }

    @Override
    public List<Owned> of(Provider provider, String model, String dialect) {
        return of(provider.auth(dialect));
    }

    private List<Owned> of(Auth auth) {
        return auth instanceof Auth.Header header ? known.computeIfAbsent(header, this::read) : NOTHING_ASKED;
    }

    private List<Owned> read(Auth.Header header) {
        List<Owned> credentials = new ArrayList<>(1);
        for (String part : environment.getOrDefault(header.env(), "").split(",", -1)) {
            String value = part.strip();
            if (!value.isEmpty() && value.chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
                Secret secret = new Secret(value);
                masked.register(secret);
                credentials.add(
                        new Owned(new Credential.Header(header.header(), header.prefix(), secret), KeySource.MANAGED));
            }
        }
        return List.copyOf(credentials);
    }
}
