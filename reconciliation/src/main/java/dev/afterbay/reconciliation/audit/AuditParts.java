package dev.afterbay.reconciliation.audit;

import dev.afterbay.reconciliation.compare.Comparison;
import dev.afterbay.reconciliation.export.ExportClient;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.tostorage.ObjectStore;
import java.nio.file.Path;
import java.time.InstantSource;

/**
 * What audits work with.
 *
 * @param store the bucket of the lake
 * @param lake where the lake lies in it
 * @param exported the bucket of the exports
 * @param exports has them made
 * @param engine compares
 * @param completeness tells how far the lake is
 * @param clock by which it waits
 * @param scratch a folder of this process
 */
public record AuditParts(
    ObjectStore store,
    Lake lake,
    ObjectStore exported,
    ExportClient exports,
    Comparison.Engine engine,
    Completeness completeness,
    InstantSource clock,
    Path scratch) {}
