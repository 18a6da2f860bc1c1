/**
 * What this process tells of itself to the outside: whether it is well, its metrics, and a page for
 * people. It listens to the pipeline and never acts on it.
 */
@NullMarked
package dev.afterbay.consumer.health;

import org.jspecify.annotations.NullMarked;
