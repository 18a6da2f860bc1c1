/** What is measured on: seeded changes of orders, and the pages of a stream that tells of them. */
@NullMarked
package dev.afterbay.benchmarks.load;

import org.jspecify.annotations.NullMarked;
