/**
 * An S3 endpoint that fails as S3 may: refusals, lost answers, late requests, errors inside of a
 * 200. It never says that an object exists which does not.
 */
@NullMarked
package dev.afterbay.local.torture.store;

import org.jspecify.annotations.NullMarked;
