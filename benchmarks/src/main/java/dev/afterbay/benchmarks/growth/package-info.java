/** Whether anything costs more because much has happened before. */
@NullMarked
package dev.afterbay.benchmarks.growth;

import org.jspecify.annotations.NullMarked;
