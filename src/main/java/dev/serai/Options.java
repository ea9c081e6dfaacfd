package dev.serai;

import dev.serai.access.Allowance;
import dev.serai.access.BootstrapKey;
import dev.serai.access.Secret;
import dev.serai.access.Secrets;
import dev.serai.catalog.CatalogLoader;
import dev.serai.catalog.Rates;
import dev.serai.config.ConfigurationException;
import dev.serai.config.Problem;
import dev.serai.credits.Tariff;
import dev.serai.failover.Clocks;
import dev.serai.failover.FailoverLoader;
import dev.serai.failover.FailoverPolicy;
import dev.serai.gateway.GatewayOptions;
import dev.serai.gateway.LoadOptions;
import dev.serai.management.OperatorSettings;
import dev.serai.management.Said;
import dev.serai.refresh.ListException;
import dev.serai.refresh.ListUrl;
import dev.serai.responses.ResponseStore;
import dev.serai.responses.ResponsesInMemory;
import dev.serai.secrets.SecretFiles;
import dev.serai.upstream.UpstreamOptions;
import dev.serai.upstream.media.MediaOptions;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The settings as the options of the components, checked. Each method refuses what it cannot use, and says how to set it. */
record Options(Settings settings) {
    private static final int MAX_PORT = 65_535;
    private static final String RELOAD = "serai.reload";
    private static final String NEVER = "off";
    private static final Duration SHORTEST_RELOAD = Duration.ofMillis(100);
    private static final String KEEP_ALIVE = "serai.keep-alive";
    private static final Duration SHORTEST_KEEP_ALIVE = Duration.ofMillis(100);
    private static final String REFRESH = "serai.catalog-refresh";
    private static final String REFRESH_FROM = "serai.catalog-refresh-from";
    private static final String MAX_INPUT = "serai.max-input-tokens";
    private static final String MAX_OUTPUT = "serai.max-output-tokens";
    private static final String STRICT = "serai.strict-translation";
    private static final String AUDIT = "serai.audit-retention";
    private static final String SECRET_FOLDERS = "serai.secret-folders";
    private static final String PROBE = "serai.probe-every";
    private static final Duration SHORTEST_PROBE = Duration.ofSeconds(1);
    private static final String STORED_RESPONSES = "serai.stored-responses";
    private static final String FEE = "serai.fee-per-million-tokens";
    private static final BigDecimal HIGHEST_FEE = BigDecimal.valueOf(1_000);
    private static final String RETENTION = "serai.usage-retention";
    private static final Duration SHORTEST_RETENTION = Duration.ofDays(1);
    private static final String EXPIRE_LOTS = "serai.expire-lots-every";
    private static final Duration SHORTEST_EXPIRY = Duration.ofSeconds(1);
    private static final Duration SHORTEST_REFRESH = Duration.ofMinutes(1);

    int eventLoops() throws ConfigurationException {
        int asked = settings.number("serai.event-loops", 0, 1_024);
        return asked > 0 ? asked : Math.max(2, Runtime.getRuntime().availableProcessors());
    }

    GatewayOptions gateway() throws ConfigurationException {
        Path certificate = settings.file("serai.tls-certificate");
        Path key = settings.file("serai.tls-key");
        if ((certificate == null) != (key == null)) {
            throw new ConfigurationException(
                    new Problem("serai.tls-certificate", 0, "and serai.tls-key are set together or not at all"));
        }
        return new GatewayOptions(
                settings.text("serai.host"),
                settings.number("serai.port", 0, MAX_PORT),
                eventLoops(),
                settings.number("serai.max-body-bytes", 1_024, 1 << 30),
                settings.number("serai.max-header-bytes", 1_024, 1 << 20),
                settings.number("serai.max-url-bytes", 128, 1 << 20),
                load(),
                settings.duration("serai.body-timeout"),
                settings.duration("serai.keep-alive-timeout"),
                settings.duration("serai.stalled-client-timeout"),
                keepAlive(),
                settings.flag("serai.cleartext-http2"),
                certificate == null || key == null ? null : new GatewayOptions.Tls(certificate, key));
    }

    private LoadOptions load() throws ConfigurationException {
        return new LoadOptions(
                settings.number("serai.max-requests", 1, 1_000_000),
                settings.number("serai.max-waiting", 0, 1_000_000),
                settings.duration("serai.longest-wait"),
                settings.flag("serai.adaptive-limit"),
                settings.number("serai.adaptive-limit-floor", 1, 1_000_000));
    }

    /** Zero for none. */
    private Duration keepAlive() throws ConfigurationException {
        if (settings.text(KEEP_ALIVE).equals(NEVER)) {
            return Duration.ZERO;
        }
        Duration silence = settings.duration(KEEP_ALIVE);
        if (silence.compareTo(SHORTEST_KEEP_ALIVE) < 0) {
            throw new ConfigurationException(new Problem(KEEP_ALIVE, 0, "must be off, or a duration of 100ms or more"));
        }
        return silence;
    }

    GatewayOptions sandbox() throws ConfigurationException {
        int loops = eventLoops();
        return GatewayOptions.on("127.0.0.1", settings.number("serai.sandbox-port", 0, MAX_PORT))
                .with(options -> options.eventLoops(loops));
    }

    /** The longest times of a request and of one attempt. */
    Clocks clocks() throws ConfigurationException {
        return new Clocks(settings.duration("serai.total-timeout"), settings.duration("serai.attempt-timeout"));
    }

    UpstreamOptions upstream() throws ConfigurationException {
        // The routes read these three themselves; here they are checked, so that a typing error stops the start and no
        // request.
        clocks();
        settings.duration("serai.idle-timeout");
        settings.duration("serai.longest-stream");
        return UpstreamOptions.defaults()
                .withConnectTimeout(settings.duration("serai.connect-timeout"))
                .withTrust(settings.file("serai.trust-certificates"));
    }

    MediaOptions media() throws ConfigurationException {
        return new MediaOptions(
                settings.flag("serai.fetch-media"),
                settings.flag("serai.fetch-private-addresses"),
                settings.flag("serai.fetch-plain-http"),
                settings.number("serai.fetch-max-bytes", 1_024, 1 << 30),
                settings.number("serai.fetch-max-urls", 1, 1_000),
                settings.duration("serai.fetch-timeout"),
                settings.file("serai.trust-certificates"));
    }

    /**
     * The address of the list that is fetched now and then; empty for the providers' own. How often is read by the route; here it
     * is checked, with what it needs.
     */
    String catalogRefreshFrom() throws ConfigurationException {
        if (!settings.text(REFRESH).equals(NEVER)) {
            if (settings.duration(REFRESH).compareTo(SHORTEST_REFRESH) < 0) {
                throw new ConfigurationException(new Problem(REFRESH, 0, "must be off, or a duration of 1m or more"));
            }
            if (settings.config().isEmpty()) {
                throw new ConfigurationException(
                        new Problem(REFRESH, 0, "needs a folder to write overlays to; name one with --config"));
            }
        }
        String from = settings.text(REFRESH_FROM);
        try {
            return from.isEmpty() ? from : ListUrl.parse(from).toString();
        } catch (ListException e) {
            throw new ConfigurationException(new Problem(REFRESH_FROM, 0, String.valueOf(e.getMessage())));
        }
    }

    /** How often to look for changed files; the route that looks reads the setting itself, here it is checked. */
    void reload() throws ConfigurationException {
        if (!settings.text(RELOAD).equals(NEVER) && settings.duration(RELOAD).compareTo(SHORTEST_RELOAD) < 0) {
            throw new ConfigurationException(new Problem(RELOAD, 0, "must be off, or a duration of 100ms or more"));
        }
    }

    /** How long keys of the store are good when the store is away. */
    Duration maxStaleness() throws ConfigurationException {
        return settings.duration("serai.max-staleness");
    }

    /** Folders with files that provider keys may lie in. */
    SecretFiles secretFiles() throws ConfigurationException {
        List<Path> folders = names(SECRET_FOLDERS).map(Path::of).toList();
        if (!folders.stream().allMatch(Path::isAbsolute)) {
            throw new ConfigurationException(
                    new Problem(SECRET_FOLDERS, 0, "must be absolute paths, separated by commas"));
        }
        return new SecretFiles(folders);
    }

    /** How long entries of the audit are kept; empty for ever. */
    Optional<Duration> auditKept() throws ConfigurationException {
        return settings.text(AUDIT).equals(NEVER) ? Optional.empty() : Optional.of(settings.duration(AUDIT));
    }

    /** How often to ask vaults for the values of provider keys that lie there. */
    Duration referenceRefresh() throws ConfigurationException {
        return settings.duration("serai.reference-refresh");
    }

    /** Who pays. */
    enum Credits {
        OFF,
        METERING,
        PREPAID
    }

    Credits credits() throws ConfigurationException {
        return oneOf("serai.credits", Credits.values());
    }

    boolean isPrepaid() throws ConfigurationException {
        return credits() == Credits.PREPAID;
    }

    /** Whether models without a price are refused to accounts that pay. */
    boolean refusesUnpriced() throws ConfigurationException {
        return oneOf("serai.unknown-prices", Unpriced.values()) == Unpriced.REFUSE;
    }

    private enum Unpriced {
        REFUSE,
        ALLOW
    }

    private <E extends Enum<E>> E oneOf(String name, E[] values) throws ConfigurationException {
        String text = settings.text(name);
        for (E value : values) {
            if (value.name().toLowerCase(Locale.ROOT).equals(text)) {
                return value;
            }
        }
        String known = Stream.of(values)
                .map(value -> value.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
        throw new ConfigurationException(new Problem(name, 0, "must be one of " + known + ", and is " + text));
    }

    /** With how much output a request is reckoned that sets no limit. */
    int holdOutputTokens() throws ConfigurationException {
        return settings.number("serai.hold-output-tokens", 1, 1_000_000);
    }

    Duration holdExpiry() throws ConfigurationException {
        return settings.duration("serai.hold-expiry");
    }

    int spoolBytes() throws ConfigurationException {
        return settings.number("serai.spool-max-bytes", 1 << 20, Integer.MAX_VALUE);
    }

    /** For how long usage events are kept; empty for ever. */
    Optional<Duration> usageRetention() throws ConfigurationException {
        if (settings.text(RETENTION).equals(NEVER)) {
            return Optional.empty();
        }
        Duration kept = settings.duration(RETENTION);
        if (kept.compareTo(SHORTEST_RETENTION) < 0) {
            throw new ConfigurationException(new Problem(RETENTION, 0, "must be off, or a duration of 1d or more"));
        }
        return Optional.of(kept);
    }

    /** How often lots that have expired leave the books; the route that does it reads the setting itself, here it is checked. */
    void expireLotsEvery() throws ConfigurationException {
        if (settings.duration(EXPIRE_LOTS).compareTo(SHORTEST_EXPIRY) < 0) {
            throw new ConfigurationException(new Problem(EXPIRE_LOTS, 0, "must be a duration of 1s or more"));
        }
    }

    /** Whether a new reader of usage events begins with the oldest that is kept, and not with the next one. */
    boolean usageFromFirst() throws ConfigurationException {
        return oneOf("serai.usage-from", UsageFrom.values()) == UsageFrom.FIRST;
    }

    private enum UsageFrom {
        FIRST,
        NOW
    }

    /** How often to probe providers; the route that does reads the setting itself, here it is checked. */
    void probeEvery() throws ConfigurationException {
        if (!settings.text(PROBE).equals(NEVER) && settings.duration(PROBE).compareTo(SHORTEST_PROBE) < 0) {
            throw new ConfigurationException(new Problem(PROBE, 0, "must be off, or a duration of 1s or more"));
        }
    }

    /** Whether a request that a provider's format cannot say whole is refused. */
    boolean strictTranslation() throws ConfigurationException {
        return settings.flag(STRICT);
    }

    /** How long requests and answers may be, whoever asks. */
    Allowance everyone() throws ConfigurationException {
        return Allowance.of(null, null, null, limit(MAX_INPUT), limit(MAX_OUTPUT));
    }

    /** What accounts pay unless something else is agreed with them. */
    Tariff tariff() throws ConfigurationException {
        String usd = settings.text(FEE);
        try {
            BigDecimal fee = new BigDecimal(usd);
            if (fee.signum() >= 0 && fee.compareTo(HIGHEST_FEE) <= 0) {
                return Tariff.ofFee(Rates.picosPerToken(fee));
            }
        } catch (ArithmeticException | NumberFormatException e) {
            // told below
        }
        throw new ConfigurationException(new Problem(
                FEE, 0, "must be a number of US dollars from 0 to " + HIGHEST_FEE + ", with six decimals at most"));
    }

    private @Nullable Long limit(String name) throws ConfigurationException {
        return settings.text(name).equals(NEVER) ? null : (long) settings.number(name, 1, Integer.MAX_VALUE);
    }

    /** What the operator says of everybody's requests, and where; of failing over what the policy says. */
    OperatorSettings operatorSettings(FailoverPolicy policy) throws ConfigurationException {
        String ofPolicy = settings.config()
                        .filter(config -> Files.exists(config.resolve(FailoverLoader.FILE)))
                        .isPresent()
                ? "file:" + FailoverLoader.FILE
                : "default";
        return new OperatorSettings(
                said("serai.connect-timeout"),
                said("serai.attempt-timeout"),
                said("serai.total-timeout"),
                said("serai.idle-timeout"),
                said("serai.longest-stream"),
                new Said<>(limit(MAX_INPUT), settings.origin(MAX_INPUT)),
                new Said<>(limit(MAX_OUTPUT), settings.origin(MAX_OUTPUT)),
                new Said<>(strictTranslation(), settings.origin(STRICT)),
                new Said<>(policy.rescue().label(), ofPolicy),
                new Said<>(policy.hedge(), ofPolicy));
    }

    private Said<Duration> said(String name) throws ConfigurationException {
        return new Said<>(settings.duration(name), settings.origin(name));
    }

    /** Where responses are kept for providers that keep none; empty for nowhere. */
    Optional<ResponseStore> storedResponses(Clock clock) throws ConfigurationException {
        int maxBytes = settings.number(STORED_RESPONSES + "-max-bytes", 1_024, Integer.MAX_VALUE);
        int maxCount = settings.number(STORED_RESPONSES + "-max-count", 1, Integer.MAX_VALUE);
        return settings.text(STORED_RESPONSES).equals(NEVER)
                ? Optional.empty()
                : Optional.of(new ResponsesInMemory(settings.duration(STORED_RESPONSES), maxBytes, maxCount, clock));
    }

    /** The presets to make providers of without a file. */
    List<String> presets() throws ConfigurationException {
        return names(CatalogLoader.PRESETS_SETTING).toList();
    }

    /** Whether a model without a provider is tried at every provider that serves it. */
    boolean catalogFallback() throws ConfigurationException {
        return settings.flag("serai.catalog-fallback");
    }

    /** Hosts that custom providers may be at in private networks, and without TLS. */
    Set<String> providerHosts() throws ConfigurationException {
        return names("serai.provider-hosts").collect(Collectors.toSet());
    }

    private Stream<String> names(String setting) throws ConfigurationException {
        return Stream.of(settings.text(setting).split(",", -1))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .distinct();
    }

    /** The API key that the operator chose, if there is one; masked in logs from now on. */
    Optional<Secret> bootstrapApiKey() throws ConfigurationException {
        String key = settings.environment().getOrDefault(BootstrapKey.API_VARIABLE, "");
        return key.isEmpty()
                ? Optional.empty()
                : Optional.of(BootstrapKey.parse(BootstrapKey.API_VARIABLE, key, Secrets.ofProcess()));
    }

    /** The access key that the operator chose, if there is one; masked in logs from now on. */
    Optional<Secret> bootstrapKey() throws ConfigurationException {
        String key = settings.environment().getOrDefault(BootstrapKey.VARIABLE, "");
        return key.isEmpty() ? Optional.empty() : Optional.of(BootstrapKey.parse(key, Secrets.ofProcess()));
    }
}
