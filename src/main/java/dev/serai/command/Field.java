package dev.serai.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * A field of an object that has an option.
 *
 * @param option      such as {@code --description}
 * @param place       of the field, with dots between its names
 * @param description for the help
 * @param isFixed     whether only a new object takes it
 */
record Field(String option, String place, FieldForm form, String description, boolean isFixed) {
    static Field of(String option, String place, FieldForm form, String description) {
        return new Field(option, place, form, description, false);
    }

    Field fixed() {
        return new Field(option, place, form, description, true);
    }

    void addTo(CommandSpec spec) {
        OptionSpec.Builder builder =
                OptionSpec.builder(option).paramLabel(form.label()).description(description);
        if (form.isList()) {
            builder.type(List.class).auxiliaryTypes(String.class);
            if (form != FieldForm.PAIRS) {
                builder.splitRegex(",");
            }
        } else {
            builder.type(String.class);
        }
        spec.addOption(builder.build());
    }

    /** Puts the value into the object, if the option was given. */
    void read(CommandSpec spec, Clock clock, ObjectNode object) {
        Object given = spec.findOption(option).getValue();
        if (given == null) {
            return;
        }
        List<String> texts = given instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of(given.toString());
        try {
            put(object, form.value(texts, clock));
        } catch (IllegalArgumentException e) {
            throw new CommandLine.ParameterException(spec.commandLine(), option + " " + e.getMessage());
        }
    }

    private void put(ObjectNode object, JsonNode value) {
        String[] names = place.split("\\.", -1);
        ObjectNode at = object;
        for (int i = 0; i < names.length - 1; i++) {
            at = at.path(names[i]) instanceof ObjectNode part ? part : at.putObject(names[i]);
        }
        at.set(names[names.length - 1], value);
    }
}
