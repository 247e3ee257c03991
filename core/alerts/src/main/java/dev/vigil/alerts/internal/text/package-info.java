/** Reads the text of a condition: lexer, parser and the tree that they make. */
@NullMarked
package dev.vigil.alerts.internal.text;

import org.jspecify.annotations.NullMarked;
