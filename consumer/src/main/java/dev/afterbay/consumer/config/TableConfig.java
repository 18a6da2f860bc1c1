package dev.afterbay.consumer.config;

import dev.afterbay.transforms.change.TableName;

/**
 * One source table.
 *
 * @param name the DynamoDB table
 */
public record TableConfig(TableName name) {}
