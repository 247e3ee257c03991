/**
 * For tests of Vigil and of what is built with it: time that a test moves by hand, a watch for
 * leaked threads.
 */
package dev.vigil.testing;
