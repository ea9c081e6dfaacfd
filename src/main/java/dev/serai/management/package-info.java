/** What operators ask of a running gateway, on the admin port. */
@NullMarked
package dev.serai.management;

import org.jspecify.annotations.NullMarked;
