package dev.afterbay.local.export;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A line of a data file.
 *
 * @param keys of its item, which decide in which file it stands
 */
record ExportLine(JsonNode keys, JsonNode json) {}
