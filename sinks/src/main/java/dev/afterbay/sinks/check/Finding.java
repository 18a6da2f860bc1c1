package dev.afterbay.sinks.check;

import dev.afterbay.sinks.tostorage.ObjectKey;

/**
 * One thing that is wrong with a lake.
 *
 * @param damage what kind
 * @param key of the object that it shows at
 * @param detail what was expected and what was found
 */
public record Finding(Damage damage, ObjectKey key, String detail) {}
