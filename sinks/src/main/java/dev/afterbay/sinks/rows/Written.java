package dev.afterbay.sinks.rows;

import dev.afterbay.transforms.protect.Protection;
import dev.afterbay.transforms.routing.Entity;

/**
 * A generation as a process writes it.
 *
 * @param entity by which its rows are made
 * @param folder of its changes
 * @param further what its definition protects beyond what this process protects in all tables
 * @param isCounted whether what its columns do not hold is counted; of several generations of one
 *     entity, in one
 */
record Written(Entity entity, String folder, Protection further, boolean isCounted) {}
