package dev.serai.usage;

/** How events are written down. */
public interface EventForm {
    /** One line of JSON in UTF-8, without an end of line. */
    byte[] write(UsageEvent event);

    /** @throws IllegalArgumentException if these bytes are no event */
    UsageEvent read(byte[] line);
}
