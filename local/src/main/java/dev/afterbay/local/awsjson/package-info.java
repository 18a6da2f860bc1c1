/**
 * AWS's JSON 1.1 protocol on a loopback port, for stand-ins of services that have no emulator: one
 * POST a call, its name in {@code X-Amz-Target}, JSON in and out, errors by their {@code __type}.
 */
@NullMarked
package dev.afterbay.local.awsjson;

import org.jspecify.annotations.NullMarked;
