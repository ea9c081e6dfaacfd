/** What a conversation with a model is made of, independent of any wire format. JDK only. */
@NullMarked
package dev.serai.conversation;

import org.jspecify.annotations.NullMarked;
