/**
 * The configuration: one YAML file, read once into one immutable tree of records. Every mistake in
 * it is collected with its place and reported together. A new key is one line in {@link
 * dev.afterbay.consumer.config.ConfigurationFile}, or in a section class beside it: the keys that
 * are read there are the known keys.
 */
@NullMarked
package dev.afterbay.consumer.config;

import org.jspecify.annotations.NullMarked;
