/**
 * The way of the tables and views into a catalog: its port and the ports to the engine that makes
 * views and answers questions, their adapters (memory, Glue, Athena), and the registration, which
 * decides what they lack. Only here does the code know the clients of Glue and Athena.
 */
@NullMarked
package dev.afterbay.sinks.tocatalog;

import org.jspecify.annotations.NullMarked;
