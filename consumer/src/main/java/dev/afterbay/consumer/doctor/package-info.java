/**
 * What {@code afterbay doctor} looks at: each check calls AWS as the service will, changes nothing
 * but one probe object that it removes, and says what it found and how to put it right.
 */
@NullMarked
package dev.afterbay.consumer.doctor;

import org.jspecify.annotations.NullMarked;
