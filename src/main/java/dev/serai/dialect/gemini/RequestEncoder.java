package dev.serai.dialect.gemini;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.conversation.CacheSettings;
import dev.serai.conversation.ChatRequest;
import dev.serai.conversation.Delivery;
import dev.serai.conversation.Labels;
import dev.serai.conversation.ServiceTier;
import dev.serai.dialect.CodecException;
import dev.serai.dialect.Encoded;
import dev.serai.dialect.EncodingTarget;
import dev.serai.dialect.Feature;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A request for a provider. One instance for each. */
final class RequestEncoder {
    /** What Google's clouds take in labels. */
    private static final Pattern LABEL = Pattern.compile("[a-z0-9_-]{0,63}");

    private final ChatRequest request;
    private final EncodingTarget target;
    private final Drops drops = new Drops();

    RequestEncoder(ChatRequest request, EncodingTarget target) {
        this.request = request;
        this.target = target;
    }

    Encoded encode() throws CodecException {
        if (request.delivery().previousResponseId() != null) {
            throw new CodecException(
                    "names a conversation that Gemini does not keep; send the whole conversation",
                    "previous_response_id");
        }
        ObjectNode body = Json.object();
        Contents contents = new Contents(request, target.model(), drops);
        contents.writeTo(body);
        new ToolsEncoder(drops).write(request, body);
        new SettingsEncoder(target, drops).write(request, body);
        delivery(request.delivery(), body);
        labels(request.labels(), body);
        cache(request.cache(), body);
        Extras.write(request.extras(), body, contents.isMoved() ? "contents[" : null, drops);
        return new Encoded(Json.bytes(body), drops.list());
    }

    private void delivery(Delivery delivery, ObjectNode body) {
        drops.addIf(Boolean.TRUE.equals(delivery.store()), Feature.STORE, "Gemini keeps no answers");
        ServiceTier tier = delivery.serviceTier();
        if (tier == null || tier == ServiceTier.AUTO) {
            return; // without a word the provider decides
        }
        @Nullable String word = ServiceTiers.encode(tier);
        if (word == null) {
            drops.add(Feature.SERVICE_TIER, "Gemini has no such tier");
        } else {
            body.put("serviceTier", word);
        }
    }

    private void labels(Labels labels, ObjectNode body) {
        drops.addIf(labels.user() != null, Feature.USER, "Gemini is not told who asks");
        drops.addIf(labels.safetyIdentifier() != null, Feature.SAFETY_IDENTIFIER, "Gemini is not told who asks");
        labels.metadata().forEach((name, value) -> {
            if (!name.isEmpty()
                    && LABEL.matcher(name).matches()
                    && LABEL.matcher(value).matches()) {
                body.withObjectProperty("labels").put(name, value);
            } else {
                drops.add(Feature.METADATA, "labels are of at most 63 small letters, digits, _ and -");
            }
        });
    }

    private void cache(CacheSettings cache, ObjectNode body) {
        drops.addIf(cache.key() != null, Feature.PROMPT_CACHE_KEY, "Gemini caches on its own");
        drops.addIf(cache.retention() != null, Feature.PROMPT_CACHE_RETENTION, "Gemini caches on its own");
        drops.addIf(cache.mark() != null, Feature.CACHE_CONTROL, "Gemini caches on its own and knows no marks");
        if (cache.content() != null) {
            body.put("cachedContent", cache.content());
        }
    }
}
