package dev.afterbay.reconciliation.export;

/**
 * An export that was asked for before.
 *
 * @param arn its ARN
 * @param status how far it is
 */
public record FoundExport(String arn, ExportStatus status) {}
