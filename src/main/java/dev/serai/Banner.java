package dev.serai;

import dev.serai.access.BootstrapKey;
import dev.serai.access.Secret;
import dev.serai.catalog.Auth;
import dev.serai.catalog.Provider;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a person sees when the gateway is up: where it listens, the first key (once), and a line to paste. */
final class Banner {
    private final SeraiConfiguration serai;
    private final long startNanos;
    private final Optional<Secret> firstApiKey;

    Banner(SeraiConfiguration serai, long startNanos) {
        this.serai = serai;
        this.startNanos = startNanos;
        // Once: it is kept when it is asked for.
        this.firstApiKey = serai.firstApiKey();
    }

    @Override
    public String toString() {
        String scheme = serai.settings()
                        .values()
                        .getOrDefault("serai.tls-certificate", "")
                        .isEmpty()
                ? "http"
                : "https";
        String url = scheme + "://127.0.0.1:" + serai.port();
        return String.format(
                Locale.ROOT,
                """

                Serai %s is up (%.1f s)

                  gateway     %s (listens on %s)
                  admin       http://%s:%s/health, /metrics and /api
                  providers   %s
                  access key  %s
                  API key     %s

                Try it:

                  curl %s/v1/chat/completions \\
                    -H "Authorization: Bearer %s" -H "Content-Type: application/json" \\
                    -d '{"model": "sandbox:echo", "messages": [{"role": "user", "content": "Hello, caravan"}]}'
                """,
                Version.text(),
                startNanos / 1e9,
                url,
                setting("serai.host"),
                setting("serai.admin-host"),
                setting("serai.admin-port"),
                providers(),
                accessKey(),
                apiKey(),
                url,
                pastable());
    }

    private String setting(String name) {
        return serai.settings().values().getOrDefault(name, "");
    }

    private String providers() {
        return serai.catalog().providers().stream().map(this::describe).collect(Collectors.joining("\n              "));
    }

    private String describe(Provider provider) {
        if (serai.credentials().of(provider).isEmpty() && provider.auth() instanceof Auth.Header header) {
            return provider.id() + " (set " + header.env() + " to use it)";
        }
        if (provider.discoverModels() && provider.models().isEmpty()) {
            return provider.id() + " (no models found at " + provider.baseUrl() + ")";
        }
        return provider.id() + " (" + provider.models().size() + " models)";
    }

    private String accessKey() {
        return serai.firstAccessKey()
                .map(key -> key.token().reveal() + "  (shown this once; Serai keeps only a hash of it)")
                .orElse(
                        usesBootstrapKey()
                                ? "the one in " + BootstrapKey.VARIABLE
                                : "as shown at the first start; lost? delete access-keys.yaml in "
                                        + serai.settings().home() + " and start again");
    }

    private String apiKey() {
        if (!serai.hasManagement()) {
            return "of no use without an admin port";
        }
        return firstApiKey
                .map(key -> key.reveal() + "  (shown this once; an operator's, for the management API)")
                .orElse(
                        isSet(BootstrapKey.API_VARIABLE)
                                ? "the one in " + BootstrapKey.API_VARIABLE
                                : "as shown at the first start; lost? start once with " + BootstrapKey.API_VARIABLE
                                        + " and make another one");
    }

    private String pastable() {
        return serai.firstAccessKey()
                .map(key -> key.token().reveal())
                .orElse(usesBootstrapKey() ? "$" + BootstrapKey.VARIABLE : "$SERAI_ACCESS_KEY");
    }

    private boolean usesBootstrapKey() {
        return isSet(BootstrapKey.VARIABLE);
    }

    private boolean isSet(String variable) {
        return !serai.settings().environment().getOrDefault(variable, "").isEmpty();
    }
}
