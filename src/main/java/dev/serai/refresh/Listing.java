package dev.serai.refresh;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** A {@link ModelList} in the making. One use, one thread. */
final class Listing {
    private static final int MAX_MODELS = 10_000;
    private static final int MAX_REMARKS = 100;
    private static final Pattern ID = Pattern.compile("[!-~]{1,200}");

    private final String by;
    private final Map<String, ListedModel> models = new LinkedHashMap<>();
    private final List<String> remarks = new ArrayList<>();
    private int silent;

    Listing(String by) {
        this.by = by;
    }

    /**
     * Adds a model, the first of its name.
     *
     * @throws ListException if it cannot be the id of a model, or there are too many: then this is no list to trust
     */
    void add(JsonNode id, Map<String, JsonNode> facts) throws ListException {
        if (!id.isTextual() || !ID.matcher(id.textValue()).matches()) {
            throw new ListException("its model number " + (models.size() + 1) + " has no usable id");
        }
        models.putIfAbsent(id.textValue().toLowerCase(Locale.ROOT), new ListedModel(id.textValue(), facts));
        if (models.size() > MAX_MODELS) {
            throw new ListException("it has more than " + MAX_MODELS + " models for one provider");
        }
    }

    /** Notes that something in the list was left out. */
    void remark(String model, String what) {
        if (remarks.size() < MAX_REMARKS) {
            remarks.add(model + ": " + what);
        } else {
            silent++;
        }
    }

    /** @throws ListException if it has no model: more likely a mistake than a provider without models */
    ModelList finish(boolean complete) throws ListException {
        if (models.isEmpty()) {
            throw new ListException("it has no models");
        }
        if (silent > 0) {
            remarks.add("and " + silent + " more remarks");
        }
        return new ModelList(by, List.copyOf(models.values()), complete, remarks);
    }
}
