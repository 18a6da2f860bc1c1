package dev.afterbay.local.aws;

/**
 * Answers calls; one is registered in the {@link Front} for each {@code X-Amz-Target} it changes.
 */
interface Operation {
  Answer answer(Call call);
}
