/** Health for a program that has nothing but the JDK. */
package dev.vigil.examples.healthonly;
