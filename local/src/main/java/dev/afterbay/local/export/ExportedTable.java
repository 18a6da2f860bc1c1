package dev.afterbay.local.export;

import java.util.List;
import java.util.function.Supplier;

/**
 * A table as exports see it. One that was deleted and created anew is another table under the same
 * ARN, with another id.
 *
 * @param history all changes from the table's first on, each key's in the order in which they were
 *     made; asked for while an export runs. Throws {@link HistoryException} where changes are not
 *     known
 */
public record ExportedTable(String arn, String id, Supplier<List<PastChange>> history) {}
