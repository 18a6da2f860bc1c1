/**
 * The whole system in one minute: starts the local AWS and a worker process, plays the workload,
 * waits until the lake holds it, asks questions in SQL and checks the sums. The worker and the SQL
 * engine stand behind ports.
 */
@NullMarked
package dev.afterbay.local.demo;

import org.jspecify.annotations.NullMarked;
