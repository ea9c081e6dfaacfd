package dev.serai.failover;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.config.ConfigFile;
import dev.serai.config.ConfigFolder;
import dev.serai.config.ConfigurationException;
import dev.serai.config.DurationText;
import dev.serai.config.Problem;
import dev.serai.config.Schema;
import dev.serai.config.YamlDocument;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads {@code failover.yaml}, whose form is in {@code config/failover.schema.json}. Thread-safe. */
public final class FailoverLoader {
    /** The name of the file in a config folder. */
    public static final String FILE = "failover.yaml";

    private static final String SCHEMA_FILE = "serai/config/failover.schema.json";

    /** The folder of the file that comes with Serai. */
    public static final ConfigFolder SHIPPED = new ConfigFolder.ClassPath("serai/config", SCHEMA_FILE);

    /** The faults after which there is a choice; after the others there is none. */
    static final Set<Fault> CHOICES = Set.of(
            Fault.UNREACHABLE,
            Fault.RESET,
            Fault.SERVER_ERROR,
            Fault.UNAVAILABLE,
            Fault.TIMED_OUT,
            Fault.UNUSABLE,
            Fault.RATE_LIMITED,
            Fault.QUOTA_EXHAUSTED,
            Fault.CREDENTIAL_REFUSED,
            Fault.MODEL_NOT_FOUND,
            Fault.INVALID_REQUEST,
            Fault.CONTEXT_TOO_LONG,
            Fault.CONTENT_FILTERED,
            Fault.UNTRANSLATABLE,
            Fault.BROKEN);

    private static final String OFF = "off";
    private static final Schema SCHEMA = Schema.onClassPath(SCHEMA_FILE);

    private FailoverLoader() {}

    /**
     * Reads the file of the last of these folders that has one; the schema demands that it is complete.
     *
     * @throws ConfigurationException with everything that is wrong in the file
     */
    public static FailoverPolicy load(List<ConfigFolder> folders) throws ConfigurationException {
        ConfigFile last = ConfigFolder.last(folders, FILE);
        if (last == null) {
            throw new ConfigurationException(new Problem(FILE, 0, "is missing"));
        }
        YamlDocument document = YamlDocument.parse(last);
        List<Problem> misfits = SCHEMA.check(document);
        if (!misfits.isEmpty()) {
            throw new ConfigurationException(misfits);
        }
        return read(document.root());
    }

    private static FailoverPolicy read(JsonNode root) {
        Map<Fault, Action> actions = new EnumMap<>(Fault.class);
        actions.put(Fault.LEFT_ALONE, Action.NEXT);
        for (Fault fault : CHOICES) {
            actions.put(
                    fault, Action.named(root.path("after").path(fault.label()).asText()));
        }
        Map<Fault, Duration> rests = new EnumMap<>(Fault.class);
        for (Fault fault : List.of(Fault.RATE_LIMITED, Fault.QUOTA_EXHAUSTED, Fault.CREDENTIAL_REFUSED)) {
            rests.put(fault, time(root.path("rest"), fault.label()));
        }
        JsonNode retry = root.path("retry");
        JsonNode breaker = root.path("breaker");
        return new FailoverPolicy(
                actions,
                new FailoverPolicy.Retry(
                        time(retry, "delay"),
                        time(retry, "longest-wait"),
                        retry.path("share").asDouble()),
                rests,
                Rescue.named(root.path("rescue").asText()),
                root.path("hedge").asText().equals(OFF) ? null : time(root, "hedge"),
                new FailoverPolicy.BreakerRule(
                        breaker.path("enabled").asBoolean(),
                        breaker.path("calls").asInt(),
                        breaker.path("minimum").asInt(),
                        breaker.path("failures").asDouble(),
                        time(breaker, "slow"),
                        breaker.path("slow-share").asDouble(),
                        time(breaker, "pause"),
                        breaker.path("requests-at-once").asInt(),
                        timeOrOff(breaker, "longest-wait-for-place")));
    }

    private static Duration timeOrOff(JsonNode parent, String name) {
        return parent.path(name).asText().equals(OFF) ? Duration.ZERO : time(parent, name);
    }

    private static Duration time(JsonNode parent, String name) {
        return DurationText.parse(parent.path(name).asText());
    }
}
