package dev.serai.declared;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.serai.access.Secret;
import dev.serai.client.ApiAnswer;
import dev.serai.client.ApiClient;
import dev.serai.client.CallException;
import dev.serai.config.ConfigurationException;
import dev.serai.config.Problem;
import dev.serai.secrets.Redaction;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compares a declaration with what an account holds. One use, one thread. */
public final class Planner {
    private final Declaration declaration;
    private final Present present;
    private final ApiClient api;
    private final Map<String, String> environment;
    private final boolean prune;
    private final List<Problem> problems = new ArrayList<>();
    private final List<Change> changes = new ArrayList<>();
    private final List<Change> deletions = new ArrayList<>();
    private final List<String> spared = new ArrayList<>();

    /**
     * @param environment where values of provider keys are, which the declaration names
     * @param prune       whether what a section does not name is to be deleted
     */
    public Planner(
            Declaration declaration, Present present, ApiClient api, Map<String, String> environment, boolean prune) {
        this.declaration = declaration;
        this.present = present;
        this.api = api;
        this.environment = Map.copyOf(environment);
        this.prune = prune;
    }

    /**
     * What is to be done. Nothing is changed yet.
     *
     * @throws ConfigurationException if the declaration names what is not there, or cannot be told from something else
     */
    public Plan plan() throws CallException, ConfigurationException {
        for (Section section : Section.values()) {
            if (declaration.has(section)) {
                compare(section);
            }
        }
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        changes.addAll(deletions);
        return new Plan(changes, spared);
    }

    private void compare(Section section) throws CallException {
        Set<String> declared = new HashSet<>();
        for (Declaration.Entry entry : declaration.entries(section)) {
            declared.add(section.label(entry.object()));
            checkNames(section, entry);
            if (section.isList()) {
                compare(section, entry);
            } else {
                compareSettings(entry);
            }
        }
        for (Map.Entry<String, List<JsonNode>> there : present.objects(section).entrySet()) {
            if (!declared.contains(there.getKey())) {
                for (JsonNode object : there.getValue()) {
                    omit(section, there.getKey(), object);
                }
            }
        }
    }

    private void compare(Section section, Declaration.Entry entry) throws CallException {
        String label = section.label(entry.object());
        List<JsonNode> there = present.objects(section).getOrDefault(label, List.of());
        ObjectNode wanted = Normal.of(entry.object());
        wanted.remove(List.of("value", "valueEnv"));
        if (there.size() > 1) {
            problems.add(declaration.problem(
                    entry.pointer(),
                    "the account has several of the name " + label + " (" + ids(there)
                            + "), so that nobody knows which is meant. Rename all but one."));
        } else if (there.isEmpty()) {
            create(section, label, wanted, entry);
        } else {
            update(section, label, wanted, entry, there.get(0));
        }
    }

    private static String ids(List<JsonNode> objects) {
        return String.join(
                ", ", objects.stream().map(object -> object.path("id").asText()).toList());
    }

    private void create(Section section, String label, ObjectNode wanted, Declaration.Entry entry) {
        Secret value = section == Section.PROVIDER_KEYS ? value(entry) : null;
        if (section == Section.PROVIDER_KEYS && value == null) {
            problems.add(declaration.problem(
                    entry.pointer() + "/valueEnv",
                    "the provider key " + label + " is new, and the variable "
                            + entry.object().path("valueEnv").asText() + " with its value is not set"));
        }
        changes.add(new Change(Change.Action.CREATE, section, label, "", "", wanted, value, List.of()));
    }

    private void update(Section section, String label, ObjectNode wanted, Declaration.Entry entry, JsonNode listed)
            throws CallException {
        Secret value = section == Section.PROVIDER_KEYS ? changed(entry, listed) : null;
        if (value == null && present.declared(section, listed).equals(wanted)) {
            return;
        }
        // Once more, since a list has no entity tags.
        String id = listed.path("id").asText();
        ApiAnswer seen = api.get(ApiClient.path(section.path(), id));
        ObjectNode now = present.declared(section, seen.body());
        List<Difference> differences = new ArrayList<>(Difference.between(now, wanted));
        if (value != null) {
            differences.add(new Difference("value", seen.body().path("value"), TextNode.valueOf(shown(value))));
        }
        changes.add(new Change(
                Change.Action.UPDATE,
                section,
                label,
                id,
                seen.etag(),
                Difference.patch(now, wanted),
                value,
                differences));
    }

    private void compareSettings(Declaration.Entry entry) {
        ObjectNode now = present.declared(Section.GATEWAY_CONFIG, present.gatewayConfig());
        ObjectNode wanted = Normal.of(entry.object());
        List<Difference> differences = Difference.between(now, wanted);
        if (!differences.isEmpty()) {
            changes.add(new Change(
                    Change.Action.UPDATE,
                    Section.GATEWAY_CONFIG,
                    "",
                    "",
                    present.gatewayConfigTag(),
                    Difference.patch(now, wanted),
                    null,
                    differences));
        }
    }

    private void omit(Section section, String label, JsonNode object) throws CallException {
        if (!prune) {
            spared.add(section.noun() + " " + label);
            return;
        }
        String id = object.path("id").asText();
        String etag = api.get(ApiClient.path(section.path(), id)).etag();
        // Backwards, so that what needs another goes before it.
        deletions.add(
                0,
                new Change(
                        Change.Action.DELETE,
                        section,
                        label,
                        id,
                        etag,
                        JsonNodeFactory.instance.objectNode(),
                        null,
                        List.of()));
    }

    /** The value that a key shall have; null if the variable with it is not set. */
    private @Nullable Secret value(Declaration.Entry entry) {
        JsonNode reference = entry.object().path("value");
        String value = reference.isTextual()
                ? reference.textValue()
                : environment
                        .getOrDefault(entry.object().path("valueEnv").asText(), "")
                        .strip();
        return value.isEmpty() ? null : new Secret(value);
    }

    /** The value, if it is another than the key has, as far as can be seen of it. */
    private @Nullable Secret changed(Declaration.Entry entry, JsonNode there) {
        Secret value = value(entry);
        return value == null || shown(value).equals(there.path("value").asText()) ? null : value;
    }

    private static String shown(Secret value) {
        return isReference(value) ? value.reveal() : Redaction.of(value);
    }

    private static boolean isReference(Secret value) {
        return value.reveal().startsWith("{{");
    }

    private void checkNames(Section section, Declaration.Entry entry) {
        if (section == Section.ACCESS_KEYS) {
            JsonNode name = entry.object().path("configuration");
            checkName(Section.CONFIGURATIONS, name.textValue(), entry.pointer() + "/configuration");
        } else if (section == Section.CONFIGURATIONS) {
            References.forEachKey(
                    entry.object(),
                    (provider, keys, index, place) -> checkName(
                            Section.PROVIDER_KEYS,
                            Section.keyLabel(provider, keys.get(index).asText()),
                            entry.pointer() + place));
        }
    }

    private void checkName(Section section, @Nullable String label, String pointer) {
        if (label == null) {
            return;
        }
        boolean isDeclared = declaration.entries(section).stream()
                .anyMatch(entry -> section.label(entry.object()).equals(label));
        int there = present.objects(section).getOrDefault(label, List.of()).size();
        boolean stays = there > 0 && !(prune && declaration.has(section));
        if (!isDeclared && !stays) {
            problems.add(declaration.problem(pointer, "there is no " + section.noun() + " " + label));
        } else if (!isDeclared && there > 1) {
            problems.add(declaration.problem(
                    pointer, "the account has several of the name " + label + ". Rename all but one."));
        }
    }
}
