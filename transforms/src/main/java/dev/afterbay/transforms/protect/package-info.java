/** Sensitive attributes: what is left of them before anything of an item reaches the lake. */
@org.jspecify.annotations.NullMarked
package dev.afterbay.transforms.protect;
