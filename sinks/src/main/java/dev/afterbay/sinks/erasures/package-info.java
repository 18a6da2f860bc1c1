/**
 * What erasures have made of files of the lake: a file of which rows were erased is not what its
 * commit says any more, and a note says what it is instead. Notes are put before files are
 * replaced, and nothing in them tells of an item.
 */
@NullMarked
package dev.afterbay.sinks.erasures;

import org.jspecify.annotations.NullMarked;
