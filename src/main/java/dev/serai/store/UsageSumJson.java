package dev.serai.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.conversation.Usage;
import dev.serai.credits.Dollars;
import dev.serai.usage.UsageSum;
import java.time.LocalDate;

/** Sums as JSON, as the management API shows them. Money is decimal text in US dollars. */
public final class UsageSumJson {
    private UsageSumJson() {}

    /** With its day and its group. */
    public static ObjectNode ofDay(UsageSum sum) {
        ObjectNode json = Json.object().put("day", sum.day().toString()).put("group", sum.group());
        return json.setAll(of(sum));
    }

    /** With its group: the sum of many days. */
    public static ObjectNode ofGroup(UsageSum sum) {
        ObjectNode json = Json.object().put("group", sum.group());
        return json.setAll(of(sum));
    }

    /** The numbers alone. */
    public static ObjectNode of(UsageSum sum) {
        ObjectNode json = Json.object()
                .put("requests", sum.requests())
                .put("attempts", sum.attempts())
                .put("failed", sum.failed())
                .put("estimated", sum.estimated());
        ObjectNode tokens = json.putObject("tokens");
        UsageCount.ALL.forEach(count -> tokens.put(count.field(), count.of(sum.tokens())));
        return json.put("charge", Dollars.ofNanos(sum.chargeNanos()))
                .put("modelCost", Dollars.ofNanos(sum.modelNanos()))
                .put("fee", Dollars.ofNanos(sum.feeNanos()));
    }

    /** The sum of no events at all. */
    public static ObjectNode nothing() {
        return of(new UsageSum(LocalDate.EPOCH, "", 0, 0, 0, 0, Usage.NONE, 0, 0, 0));
    }
}
