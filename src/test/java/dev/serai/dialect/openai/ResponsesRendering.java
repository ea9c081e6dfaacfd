package dev.serai.dialect.openai;

import dev.serai.conversation.RawJson;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The neutral conversation as text: a line for each value that was said, indented by where it stands. */
final class ResponsesRendering {
    private final StringBuilder text = new StringBuilder();

    private ResponsesRendering() {}

    static String of(Object value) {
        ResponsesRendering rendering = new ResponsesRendering();
        rendering.add(0, "", value);
        return rendering.text.toString();
    }

    private void add(int depth, String name, @Nullable Object value) {
        if (isUnsaid(value)) {
            return;
        }
        String label = "  ".repeat(depth) + (name.isEmpty() ? "" : name + ": ");
        if (value instanceof Collection<?> all) {
            text.append(name.isEmpty() ? "" : label.stripTrailing() + "\n");
            all.forEach(one -> add(name.isEmpty() ? depth : depth + 1, "", one));
        } else if (value instanceof RawJson json) {
            text.append(label).append(json.text()).append('\n');
        } else if (value instanceof Record record) {
            text.append(label).append(record.getClass().getSimpleName()).append('\n');
            for (RecordComponent component : record.getClass().getRecordComponents()) {
                add(depth + 1, component.getName(), value(record, component));
            }
        } else {
            text.append(label).append(printable(value)).append('\n');
        }
    }

    private static boolean isUnsaid(@Nullable Object value) {
        if (value == null || value.equals(0L)) {
            return true;
        }
        return value instanceof Collection<?> all ? all.isEmpty() : value instanceof Map<?, ?> map && map.isEmpty();
    }

    private static @Nullable Object value(Record record, RecordComponent component) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    private static String printable(@Nullable Object value) {
        return value instanceof String words
                ? "\"" + words.replace("\\", "\\\\").replace("\n", "\\n") + "\""
                : String.valueOf(value);
    }
}
