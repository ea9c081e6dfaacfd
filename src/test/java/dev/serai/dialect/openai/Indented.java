package dev.serai.dialect.openai;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;

/** Records as indented text, without what is null or empty: for golden files that a person reads. */
final class Indented {
    private final StringBuilder text = new StringBuilder();

    private Indented() {}

    static String of(Object value) {
        Indented indented = new Indented();
        indented.write(value, 0);
        return indented.text.toString();
    }

    private void write(Object value, int depth) {
        if (value instanceof List<?> list) {
            list.forEach(element -> {
                line(depth, "- ");
                write(element, depth + 1);
            });
        } else if (value instanceof Map<?, ?> map) {
            map.forEach((name, inner) -> member(String.valueOf(name), inner, depth));
        } else if (value instanceof Record whole) {
            record(whole, depth);
        } else {
            text.append(String.valueOf(value)
                            .replace("\\", "\\\\")
                            .replace("\n", "\\n")
                            .replace("\r", "\\r"))
                    .append('\n');
        }
    }

    private void record(Record whole, int depth) {
        text.append(whole.getClass().getSimpleName()).append('\n');
        for (RecordComponent component : whole.getClass().getRecordComponents()) {
            Object value = value(whole, component);
            if (!isNothing(value)) {
                member(component.getName(), value, depth);
            }
        }
    }

    private void member(String name, Object value, int depth) {
        line(depth, name + ":");
        boolean container = value instanceof List<?> || value instanceof Map<?, ?>;
        text.append(container ? "\n" : " ");
        write(value, depth + 1);
    }

    private void line(int depth, String begin) {
        text.append("  ".repeat(depth)).append(begin);
    }

    private static boolean isNothing(Object value) {
        if (value == null
                || (value instanceof List<?> list && list.isEmpty())
                || (value instanceof Map<?, ?> map && map.isEmpty())) {
            return true;
        }
        if (!(value instanceof Record group)) {
            return value.equals(0L);
        }
        RecordComponent[] components = group.getClass().getRecordComponents();
        boolean unsaid = components.length > 0;
        for (RecordComponent component : components) {
            Object inner = value(group, component);
            unsaid &= isNothing(inner) || Boolean.FALSE.equals(inner);
        }
        return unsaid;
    }

    private static Object value(Record whole, RecordComponent component) {
        try {
            return component.getAccessor().invoke(whole);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }
}
