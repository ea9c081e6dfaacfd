package dev.serai.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.control.GatewayConfig;
import dev.serai.control.Stamp;

/** The document of an account's gateway configuration, as it is kept and as the API shows it. */
public final class GatewayConfigJson {
    private GatewayConfigJson() {}

    public static ObjectNode of(GatewayConfig config) {
        ObjectNode json = Json.object();
        json.set("timeouts", Json.of(config.timeouts()));
        json.set("limits", Json.of(config.limits()));
        Json.put(json, "strictTranslation", config.strictTranslation());
        Json.put(json, "rescue", config.rescue());
        Json.put(json, "hedgeAfter", config.hedgeAfter());
        Json.put(json, "logPayloads", config.logPayloads());
        return json;
    }

    /** To be called in {@link Fields#make}. */
    public static GatewayConfig read(Fields fields, String accountId, Stamp stamp) {
        return new GatewayConfig(
                accountId,
                Json.timeouts(fields.object("timeouts")),
                Json.limits(fields.object("limits")),
                fields.flag("strictTranslation"),
                fields.text("rescue"),
                fields.duration("hedgeAfter"),
                fields.flag("logPayloads"),
                stamp);
    }
}
