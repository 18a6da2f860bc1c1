package dev.afterbay.consumer.doctor;

import dev.afterbay.transforms.change.TableName;
import java.util.Optional;

/**
 * What one check found.
 *
 * @param check its name
 * @param table that it is about; empty if it is about none
 * @param verdict what it comes to
 * @param found in a sentence
 * @param fix a command, a policy statement or a sentence, there if the verdict wants one
 */
public record Finding(
    String check, Optional<TableName> table, Verdict verdict, String found, Optional<String> fix) {}
