package dev.serai.catalog;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The {@code models} of a provider file. One use, one thread. */
final class ModelReader {
    private final Section defaults;
    private final Collection<String> dialects;
    private final Map<String, Integer> lines = new HashMap<>();

    /**
     * @param defaults what holds for models that say nothing else
     * @param dialects what the provider speaks
     */
    ModelReader(Section defaults, Collection<String> dialects) {
        this.defaults = defaults;
        this.dialects = dialects;
    }

    List<Model> read(Section models) {
        checkDialects(defaults.at("dialects"));
        models.items().forEach(this::checkNames);
        return models.items().stream().map(this::model).toList();
    }

    private Model model(Section model) {
        String id = model.at("id").text();
        Section name = model.at("name");
        Kind kind = kind(model.at("kind", defaults));
        LocalDate released = model.at("released").dateOrNull();
        checkDialects(model.at("dialects"));
        return Model.builder(id)
                .name(name.isPresent() ? name.text() : id)
                .kind(kind)
                .limits(
                        model.at("context").numberOrNull(),
                        model.at("maxOutput").numberOrNull())
                .modalities(
                        constants(Modality.class, model.at("input", defaults)),
                        constants(Modality.class, model.at("output", defaults)))
                .capabilities(capabilities(model), constants(Capability.class, model.at("lacks", defaults)))
                .dialects(model.at("dialects", defaults).texts())
                .aliases(model.at("aliases").texts())
                .nicknames(model.at("nicknames").texts())
                .released(released)
                .lifecycle(lifecycle(model.at("lifecycle"), released))
                .prices(PriceReader.read(model.at("price", defaults), kind))
                .source(model.at("source", defaults).texts())
                .build();
    }

    /** Ids, aliases and nicknames share one space of names, because a request has only the name. */
    private void checkNames(Section model) {
        List<Section> names = new ArrayList<>(List.of(model.at("id")));
        names.addAll(model.at("aliases").items());
        names.addAll(model.at("nicknames").items());
        for (Section name : names) {
            Integer first = lines.putIfAbsent(Catalog.key(name.text()), name.line());
            if (first != null) {
                name.problem("the model '" + name.text() + "' is listed already on line " + first);
            }
        }
    }

    private void checkDialects(Section list) {
        for (Section dialect : list.items()) {
            if (!dialects.contains(dialect.text())) {
                dialect.problem("the provider does not speak '" + dialect.text() + "', see dialects");
            }
        }
    }

    private Lifecycle lifecycle(Section lifecycle, @Nullable LocalDate released) {
        if (!lifecycle.isObject()) {
            return lifecycle.isPresent() ? new Lifecycle(stage(lifecycle), null, null) : Lifecycle.CURRENT;
        }
        LocalDate shutdown = lifecycle.at("shutdown").dateOrNull();
        if (shutdown != null && released != null && shutdown.isBefore(released)) {
            lifecycle.at("shutdown").problem("the end, " + shutdown + ", is before the release, " + released);
        }
        Section replacement = lifecycle.at("replacement");
        if (replacement.isPresent() && !lines.containsKey(Catalog.key(replacement.text()))) {
            replacement.problem("the model '" + replacement.text() + "' is not listed in this file");
        }
        return new Lifecycle(stage(lifecycle.at("stage")), shutdown, replacement.textOrNull());
    }

    /** Whoever states an end and no stage means that the model is deprecated. */
    private static Lifecycle.Stage stage(Section stage) {
        return stage.isPresent() ? Lifecycle.Stage.valueOf(constant(stage.text())) : Lifecycle.Stage.DEPRECATED;
    }

    private static Kind kind(Section kind) {
        return kind.isPresent() ? Kind.valueOf(constant(kind.text())) : Kind.UNKNOWN;
    }

    private Set<Capability> capabilities(Section model) {
        Set<Capability> has = constants(Capability.class, model.at("capabilities", defaults));
        for (Section lacking : model.at("lacks").items()) {
            if (has.contains(Capability.valueOf(constant(lacking.text())))) {
                lacking.problem("a model has the capability '" + lacking.text() + "' or lacks it, not both");
            }
        }
        return has;
    }

    private static <E extends Enum<E>> Set<E> constants(Class<E> type, Section list) {
        Set<E> constants = EnumSet.noneOf(type);
        list.texts().forEach(text -> constants.add(Enum.valueOf(type, constant(text))));
        return constants;
    }

    private static String constant(String word) {
        return word.toUpperCase(Locale.ROOT).replace('-', '_');
    }
}
