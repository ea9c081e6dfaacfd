package dev.serai.management;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.config.DurationText;
import dev.serai.control.FailoverOverrides;
import dev.serai.control.GatewayConfig;
import dev.serai.control.KeyConfiguration;
import dev.serai.control.Limits;
import dev.serai.control.StoredAccessKey;
import dev.serai.control.Timeouts;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What holds for requests in the end, and who says so: the operator, the account, and for a key its configuration and the key itself.
 * The clocks and limits that hold are the smallest; of everything else, what is said last in this order.
 *
 * @param key null for what all keys of the account have
 */
record EffectiveConfig(
        OperatorSettings operator,
        @Nullable GatewayConfig account,
        @Nullable KeyConfiguration configuration,
        @Nullable StoredAccessKey key) {
    private static final String ACCOUNT = "account";
    private static final String CONFIGURATION = "configuration";
    private static final String KEY = "access-key";
    private static final String DEFAULT = "default";

    ObjectNode json() {
        ObjectNode json = Shapes.object();
        ArrayNode values = json.putArray("values");
        clock(values, "timeouts.connect", operator.connect(), Timeouts::connect);
        clock(values, "timeouts.perRequest", operator.perRequest(), Timeouts::perRequest);
        clock(values, "timeouts.total", operator.total(), Timeouts::total);
        clock(values, "timeouts.streamIdle", operator.streamIdle(), Timeouts::streamIdle);
        clock(values, "timeouts.longestStream", operator.longestStream(), Timeouts::longestStream);
        length(values, "limits.maxInputTokens", operator.maxInputTokens(), Limits::maxInputTokens);
        length(values, "limits.maxOutputTokens", operator.maxOutputTokens(), Limits::maxOutputTokens);
        rate(values, "requestsPerMinute", Limits::requestsPerMinute);
        rate(values, "tokensPerMinute", Limits::tokensPerMinute);
        rate(values, "concurrentRequests", Limits::concurrentRequests);
        rate(values, "budgetPerDay", Limits::budgetPerDay);
        rate(values, "budgetPerMonth", Limits::budgetPerMonth);
        add(
                values,
                "strictTranslation",
                Said.last(List.of(operator.strictTranslation(), ofAccount(GatewayConfig::strictTranslation))));
        add(
                values,
                "rescue",
                Said.last(List.of(
                        operator.rescue(), ofAccount(GatewayConfig::rescue), ofFailover(FailoverOverrides::rescue))));
        add(
                values,
                "hedgeAfter",
                Said.last(List.of(
                        operator.hedgeAfter(),
                        ofAccount(GatewayConfig::hedgeAfter),
                        ofFailover(FailoverOverrides::hedgeAfter))));
        add(
                values,
                "logPayloads",
                Said.last(List.of(new Said<>(false, DEFAULT), ofAccount(GatewayConfig::logPayloads))));
        return json;
    }

    private void clock(
            ArrayNode values, String field, Said<Duration> ofOperator, Function<Timeouts, @Nullable Duration> part) {
        List<Said<Duration>> all = new ArrayList<>(List.of(ofOperator));
        all.add(ofAccount(config -> part.apply(config.timeouts())));
        if (configuration != null) {
            all.add(new Said<>(part.apply(configuration.timeouts()), CONFIGURATION));
        }
        add(values, field, Said.least(all));
    }

    private void length(ArrayNode values, String field, Said<Long> ofOperator, Function<Limits, @Nullable Long> part) {
        List<Said<Long>> all = new ArrayList<>(List.of(ofOperator));
        all.add(ofAccount(config -> part.apply(config.limits())));
        all.addAll(ofKey(part));
        add(values, field, Said.least(all));
    }

    /** An account's are counted for all its keys together, beside those of each. */
    private <T extends Comparable<T>> void rate(ArrayNode values, String name, Function<Limits, @Nullable T> part) {
        List<Said<T>> all = new ArrayList<>(List.of(new Said<>(null, DEFAULT)));
        all.addAll(ofKey(part));
        if (key != null) {
            add(values, "limits." + name, Said.least(all));
        }
        Said<T> together =
                Said.last(List.of(new Said<>(null, DEFAULT), ofAccount(config -> part.apply(config.limits()))));
        add(values, "limitsOfAllKeys." + name, together);
    }

    private <T> List<Said<T>> ofKey(Function<Limits, @Nullable T> part) {
        List<Said<T>> all = new ArrayList<>(2);
        if (configuration != null) {
            all.add(new Said<>(part.apply(configuration.limits()), CONFIGURATION));
        }
        if (key != null) {
            all.add(new Said<>(part.apply(key.limits()), KEY));
        }
        return all;
    }

    private <T> Said<T> ofAccount(Function<GatewayConfig, @Nullable T> part) {
        return new Said<>(account == null ? null : part.apply(account), ACCOUNT);
    }

    private <T> Said<T> ofFailover(Function<FailoverOverrides, @Nullable T> part) {
        return new Said<>(configuration == null ? null : part.apply(configuration.failover()), CONFIGURATION);
    }

    private static void add(ArrayNode values, String field, Said<?> said) {
        ObjectNode json = values.addObject().put("field", field);
        Object value = said.value();
        if (value instanceof Duration duration) {
            json.put("value", duration.isZero() ? "off" : DurationText.of(duration));
        } else if (value instanceof BigDecimal amount) {
            json.put("value", amount.toPlainString());
        } else {
            json.putPOJO("value", value);
        }
        json.put("from", said.from());
    }
}
