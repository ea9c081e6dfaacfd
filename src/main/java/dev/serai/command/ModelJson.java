package dev.serai.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.catalog.Catalog;
import dev.serai.catalog.Kind;
import dev.serai.catalog.Model;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;

/** A model of the catalog for programs. What is not known is not there. */
public final class ModelJson {
    private ModelJson() {}

    static LocalDate day(Instant now) {
        return LocalDate.ofInstant(now, ZoneOffset.UTC);
    }

    /** With the price of this moment. */
    public static ObjectNode of(Catalog.Entry entry, Instant now) {
        Model model = entry.model();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("provider", entry.provider().id()).put("id", model.id()).put("name", model.name());
        if (model.kind() != Kind.UNKNOWN) {
            json.put("kind", Shown.word(model.kind()));
        }
        if (model.contextTokens() != null) {
            json.put("context", model.contextTokens());
        }
        if (model.maxOutputTokens() != null) {
            json.put("maxOutput", model.maxOutputTokens());
        }
        words(json, "input", model.input());
        words(json, "output", model.output());
        words(json, "capabilities", model.capabilities());
        words(json, "lacks", model.lacks());
        texts(json, "dialects", model.dialects());
        texts(json, "aliases", model.aliases());
        texts(json, "nicknames", model.nicknames());
        if (model.released() != null) {
            json.put("released", model.released().toString());
        }
        lifecycle(json, model, now);
        json.set("price", new PriceText(model.prices(), now).json());
        texts(json, "source", model.source());
        return json;
    }

    private static void lifecycle(ObjectNode json, Model model, Instant now) {
        json.put("stage", Shown.word(model.lifecycle().on(day(now))));
        if (model.lifecycle().shutdown() != null) {
            json.put("shutdown", model.lifecycle().shutdown().toString());
        }
        if (model.lifecycle().replacement() != null) {
            json.put("replacement", model.lifecycle().replacement());
        }
    }

    private static void words(ObjectNode json, String key, Collection<? extends Enum<?>> constants) {
        texts(json, key, constants.stream().map(Shown::word).toList());
    }

    private static void texts(ObjectNode json, String key, Collection<String> texts) {
        if (!texts.isEmpty()) {
            texts.forEach(json.putArray(key)::add);
        }
    }
}
