/** The service as a program of its own: how a process of it is started from here. */
@NullMarked
package dev.afterbay.local.process;

import org.jspecify.annotations.NullMarked;
