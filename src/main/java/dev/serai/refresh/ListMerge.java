package dev.serai.refresh;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.catalog.Model;
import dev.serai.catalog.Provider;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * Puts what a list says into an overlay. What the same list said before is replaced; what others say stays, in its order. Of a
 * model that the provider file lists, only what the file leaves unknown is taken. One use, one thread.
 */
final class ListMerge {
    /**
     * What became of it.
     *
     * @param overlay the overlay as it should be now
     * @param changes what is different from before, and what the list and the provider file disagree on
     */
    record Result(Overlay overlay, List<Change> changes) {
        Result {
            changes = List.copyOf(changes);
        }
    }

    private final Provider provider;
    private final ModelList list;
    private final Instant now;
    private final Map<String, Model> known = new LinkedHashMap<>();
    private final Map<String, Overlay.Entry> entries = new LinkedHashMap<>();
    private final List<Change> changes = new ArrayList<>();

    private ListMerge(Provider provider, ModelList list, Instant now) {
        this.provider = provider;
        this.list = list;
        this.now = now;
        for (Model model : provider.models()) {
            known.put(key(model.id()), model);
            model.aliases().forEach(alias -> known.putIfAbsent(key(alias), model));
            model.nicknames().forEach(name -> known.putIfAbsent(key(name), model));
        }
    }

    /**
     * Merges.
     *
     * @param provider as its file describes it, without any overlay
     * @param before   the overlay as it is
     */
    static Result of(Provider provider, Overlay before, ModelList list, Instant now) {
        return new ListMerge(provider, list, now).merge(before);
    }

    private Result merge(Overlay before) {
        before.models().forEach(entry -> entries.putIfAbsent(key(entry.id()), entry));
        Map<String, ListedModel> listed = new LinkedHashMap<>();
        list.models().forEach(model -> listed.putIfAbsent(key(model.id()), model));
        listed.values().forEach(this::take);
        if (list.complete()) {
            List.copyOf(entries.values()).stream()
                    .filter(entry -> !listed.containsKey(key(entry.id())))
                    .forEach(entry -> replace(entry, null, "is not in the list any more"));
        }
        list.remarks().forEach(remark -> changes.add(new Change(Change.Kind.REMARK, remark, "")));
        return new Result(new Overlay(provider.id(), List.copyOf(entries.values())), changes);
    }

    private static String key(String id) {
        return id.toLowerCase(Locale.ROOT);
    }

    private void take(ListedModel listed) {
        Model model = known.get(key(listed.id()));
        Overlay.Entry entry = entries.getOrDefault(key(listed.id()), new Overlay.Entry(listed.id(), List.of()));
        Overlay.Statement before = statement(entry);
        if (model == null) {
            replace(entry, new Overlay.Statement(list.by(), today(), overrides(before), listed.facts()), "");
        } else if (model.id().equalsIgnoreCase(listed.id())) {
            compare(new KnownModel(model, now), listed, entry, before);
        } else {
            replace(entry, null, "is another name of " + model.id() + " in the provider file");
        }
    }

    private void compare(
            KnownModel model, ListedModel listed, Overlay.Entry entry, Overlay.@Nullable Statement before) {
        if (overrides(before)) {
            replace(entry, new Overlay.Statement(list.by(), today(), true, listed.facts()), "");
            return;
        }
        for (String contradiction : model.contradictions(listed.facts())) {
            changes.add(new Change(Change.Kind.DIFFERS, listed.id(), "the list says " + contradiction));
        }
        Map<String, JsonNode> news = model.news(listed.facts());
        replace(
                entry,
                news.isEmpty() ? null : new Overlay.Statement(list.by(), today(), false, news),
                "adds nothing to the provider file any more");
    }

    private String today() {
        return LocalDate.ofInstant(now, ZoneOffset.UTC).toString();
    }

    private Overlay.@Nullable Statement statement(Overlay.Entry entry) {
        for (Overlay.Statement statement : entry.said()) {
            if (statement.by().equals(list.by())) {
                return statement;
            }
        }
        return null;
    }

    private static boolean overrides(Overlay.@Nullable Statement statement) {
        return statement != null && statement.override();
    }

    /**
     * Puts a statement in the place of the one before it. One that says the same keeps its day.
     *
     * @param next null if the list says nothing more of the model
     * @param why what to tell then
     */
    private void replace(Overlay.Entry entry, Overlay.@Nullable Statement next, String why) {
        Overlay.Statement before = statement(entry);
        if (before == null ? next == null : next != null && same(before, next)) {
            return;
        }
        List<Overlay.Statement> said = new ArrayList<>(entry.said());
        int at = before == null ? said.size() : said.indexOf(before);
        if (before != null) {
            said.remove(at);
        }
        if (next != null) {
            said.add(at, next);
        }
        if (said.isEmpty()) {
            entries.remove(key(entry.id()));
        } else {
            entries.put(key(entry.id()), new Overlay.Entry(entry.id(), said));
        }
        changes.add(change(entry, before, next, why));
    }

    private static boolean same(Overlay.Statement one, Overlay.Statement other) {
        return one.override() == other.override() && sameFacts(one.facts(), other.facts());
    }

    /** Numbers are compared by value: 1 and 1.0 are read as different nodes. */
    private static boolean sameFacts(Map<String, JsonNode> one, Map<String, JsonNode> other) {
        return one.keySet().equals(other.keySet())
                && one.entrySet().stream().allMatch(fact -> OverlayText.flow(fact.getValue())
                        .equals(OverlayText.flow(Objects.requireNonNull(other.get(fact.getKey())))));
    }

    private Change change(
            Overlay.Entry entry, Overlay.@Nullable Statement before, Overlay.@Nullable Statement next, String why) {
        if (next == null) {
            return new Change(Change.Kind.REMOVED, entry.id(), why);
        }
        boolean isNew = before == null && entry.said().isEmpty() && !known.containsKey(key(entry.id()));
        Map<String, JsonNode> old = before == null ? Map.of() : before.facts();
        StringJoiner facts = new StringJoiner(", ");
        next.facts().forEach((key, value) -> {
            String was = old.containsKey(key) ? OverlayText.flow(Objects.requireNonNull(old.get(key))) : "";
            String is = OverlayText.flow(value);
            if (!is.equals(was)) {
                facts.add(key + " " + is + (was.isEmpty() ? "" : ", before " + was));
            }
        });
        old.keySet().stream().filter(key -> !next.facts().containsKey(key)).forEach(key -> facts.add("no " + key));
        return new Change(isNew ? Change.Kind.ADDED : Change.Kind.CHANGED, entry.id(), facts.toString());
    }
}
