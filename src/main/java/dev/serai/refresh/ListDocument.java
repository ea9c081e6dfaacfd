package dev.serai.refresh;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;

/** A document from elsewhere that lists models: JSON, of one of the known forms, and of bounded size. Immutable. */
final class ListDocument {
    /** Several times the largest list there is. */
    static final int MAX_BYTES = 16 << 20;

    private static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(64)
                            .maxNumberLength(100)
                            .maxStringLength(1 << 20)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS, DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private final JsonNode root;

    private ListDocument(JsonNode root) {
        this.root = root;
    }

    /** @throws ListException if it is too large, not JSON, or not a list of models; the message says what */
    static ListDocument parse(byte[] text) throws ListException {
        if (text.length > MAX_BYTES) {
            throw new ListException("it is larger than " + MAX_BYTES + " bytes");
        }
        JsonNode root;
        try {
            root = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            throw new ListException("it is not JSON: line " + line + " cannot be read", e);
        } catch (IOException | NumberFormatException e) {
            // The latter from a number with an exponent of dozens of digits.
            throw new ListException("it cannot be read", e);
        }
        if (!OwnList.isOne(root) && !ModelsDev.isOne(root)) {
            throw new ListException("it is neither a list of models ({\"data\": [{\"id\": …}]}) nor a document of"
                    + " models.dev's form ({provider: {\"models\": {…}}})");
        }
        return new ListDocument(root);
    }

    /** Whether it lists the models of several providers by their names, and not those of one. */
    boolean namesProviders() {
        return !OwnList.isOne(root);
    }

    /** Whether it has models of a provider that it calls by this name. */
    boolean names(String provider) {
        return namesProviders() && root.has(provider);
    }

    /**
     * The models of one provider.
     *
     * @param name what the document calls the provider, if it names any
     * @param by   what to call the document
     * @throws ListException if it does not know the provider, or says odd things
     */
    ModelList models(String name, String by) throws ListException {
        if (!namesProviders()) {
            return OwnList.read(root, by);
        }
        if (!root.has(name)) {
            throw new ListException("it knows no provider '" + name + "'");
        }
        return ModelsDev.read(root.path(name), by);
    }

    /** Whom a provider's own list names as the owner of its first model; empty if it names nobody. */
    String owner() {
        return root.path("data").path(0).path("owned_by").asText();
    }
}
