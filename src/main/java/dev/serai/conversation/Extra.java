package dev.serai.conversation;

/**
 * A field that has no place in the model: only one dialect knows it, or nobody does. Its own dialect writes it back where it was; a
 * codec of another dialect leaves it out and names it. So nothing that a client sends vanishes without a word.
 *
 * @param dialect the id of the dialect in which it was read
 * @param name    where it stood, from the top of the body, such as {@code context_management} or {@code
 *     generationConfig.imageConfig}
 * @param value   anything but {@code null}
 */
public record Extra(String dialect, String name, RawJson value) {}
