/** Lists of models from elsewhere: read with care, compared with the provider files, kept in overlays. */
@NullMarked
package dev.serai.refresh;

import org.jspecify.annotations.NullMarked;
