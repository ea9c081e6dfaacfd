package dev.serai.store;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.control.CustomProvider;
import dev.serai.control.Stamp;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The document of a custom provider, as it is kept and as the API shows it: {@code supportedApiSurfaces}, {@code auth}, {@code models},
 * {@code headers} and {@code query}.
 */
public final class CustomProviderJson {
    private CustomProviderJson() {}

    /** The document, without what has a column of its own. */
    public static ObjectNode of(CustomProvider provider) {
        ObjectNode json = Json.object();
        provider.surfaces().forEach(json.putArray("supportedApiSurfaces")::add);
        CustomProvider.Auth auth = provider.auth();
        if (auth != null) {
            json.putObject("auth").put("header", auth.header()).put("prefix", auth.prefix());
        }
        ArrayNode models = json.putArray("models");
        for (CustomProvider.Model model : provider.models()) {
            ObjectNode one = models.addObject().put("id", model.id());
            Json.put(one, "name", model.name());
            Json.put(one, "contextTokens", model.contextTokens());
            Json.put(one, "maxOutputTokens", model.maxOutputTokens());
        }
        json.set("headers", Json.of(provider.headers()));
        json.set("query", Json.of(provider.query()));
        return json;
    }

    /** A provider of its document and of what is kept beside it. To be called in {@link Fields#make}. */
    public static CustomProvider read(
            Fields fields, String id, String accountId, String providerId, String name, URI baseUrl, Stamp stamp) {
        List<String> surfaces = fields.texts("supportedApiSurfaces");
        return new CustomProvider(
                id,
                accountId,
                providerId,
                name,
                baseUrl,
                surfaces == null ? List.of() : surfaces,
                auth(fields),
                fields.objects("models", CustomProviderJson::model),
                fields.map("headers"),
                fields.map("query"),
                stamp);
    }

    private static CustomProvider.@Nullable Auth auth(Fields fields) {
        if (!fields.has("auth")) {
            return null;
        }
        Fields auth = fields.object("auth");
        String prefix = auth.text("prefix");
        return new CustomProvider.Auth(auth.required("header"), prefix == null ? "" : prefix);
    }

    private static CustomProvider.Model model(Fields fields) {
        return new CustomProvider.Model(
                fields.required("id"),
                fields.text("name"),
                fields.number("contextTokens"),
                fields.number("maxOutputTokens"));
    }
}
