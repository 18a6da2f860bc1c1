/** Files of commits made once more, where the check found them missing or damaged. */
@NullMarked
package dev.afterbay.sinks.mending;

import org.jspecify.annotations.NullMarked;
