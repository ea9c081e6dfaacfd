/** What an access key may do and how: its configuration and its account, worked out for the hot path. */
@NullMarked
package dev.serai.permit;

import org.jspecify.annotations.NullMarked;
