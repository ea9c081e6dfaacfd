package dev.serai.declared;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.config.YamlText;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Writes what an account holds as a file that declares it. Values of keys are not in it; variables are named for them. */
public final class Export {
    private static final String HEAD = """
            # yaml-language-server: $schema=serai.schema.json
            # What this account holds. `serai apply -f` makes an account so; values of keys come from the variables named here.
            """;

    private final Present present;
    private final Set<String> variables = new HashSet<>();

    public Export(Present present) {
        this.present = present;
    }

    /** Why it cannot be written: two of the same name. */
    public Optional<String> obstacle() {
        for (Section section : Section.values()) {
            for (Map.Entry<String, List<JsonNode>> entry :
                    present.objects(section).entrySet()) {
                if (entry.getValue().size() > 1) {
                    return Optional.of("The account has several " + section.noun() + "s of the name " + entry.getKey()
                            + ", and a file knows them by their names. Rename all but one.");
                }
            }
        }
        return Optional.empty();
    }

    /** The document, in the order of names, so that two of the same account are alike. */
    public ObjectNode document() {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        for (Section section : Section.values()) {
            if (section.isList()) {
                ArrayNode list = document.putArray(section.field());
                new TreeMap<>(present.objects(section))
                        .values()
                        .forEach(objects -> list.add(entry(section, objects.get(0))));
            }
        }
        document.set(Section.GATEWAY_CONFIG.field(), present.declared(Section.GATEWAY_CONFIG, present.gatewayConfig()));
        return document;
    }

    /** The same as text. */
    public String text() {
        return HEAD + YamlText.of(document());
    }

    private ObjectNode entry(Section section, JsonNode object) {
        ObjectNode entry = present.declared(section, object);
        if (section == Section.PROVIDERS || section == Section.PROVIDER_KEYS) {
            // By what it is found, first.
            ObjectNode first = entry.objectNode();
            first.set("providerId", entry.remove("providerId"));
            entry = first.setAll(entry);
        }
        if (section == Section.PROVIDER_KEYS) {
            String shown = object.path("value").asText();
            if (shown.startsWith("{{")) {
                entry.put("value", shown);
            } else {
                entry.put("valueEnv", variable(section.label(object)));
            }
        }
        return entry;
    }

    private String variable(String label) {
        String name =
                label.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]+", "_").replaceFirst("^(?=[0-9])", "_");
        String free = name;
        for (int i = 2; !variables.add(free); i++) {
            free = name + "_" + i;
        }
        return free;
    }
}
