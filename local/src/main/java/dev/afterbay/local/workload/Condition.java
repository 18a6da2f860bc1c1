package dev.afterbay.local.workload;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What must hold for a write, and the names and values that its expressions use; absent parts are
 * null, as the SDK wants them.
 */
record Condition(
    @Nullable String expression,
    @Nullable Map<String, String> names,
    @Nullable Map<String, AttributeValue> values) {}
