/**
 * For tests of Vigil and of what is built with it: time that a test moves by hand, a watch for
 * leaked threads, and the house's rules for ArchUnit.
 */
@NullMarked
package dev.vigil.testing;

import org.jspecify.annotations.NullMarked;
