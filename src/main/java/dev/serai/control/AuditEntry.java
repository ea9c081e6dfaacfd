package dev.serai.control;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * That somebody changed something. Kept also when the thing and its account are gone, for as long as the operator wants.
 *
 * @param accountId  whose thing; null for the operator's
 * @param action     create, update or delete; rotate and purge for what Serai does to many
 * @param objectType such as {@code access-key}
 * @param before     the thing as JSON, without secrets; null if there was none
 * @param after      likewise
 */
public record AuditEntry(
        String id,
        Instant at,
        Actor actor,
        @Nullable String accountId,
        String action,
        String objectType,
        String objectId,
        @Nullable String before,
        @Nullable String after) {}
