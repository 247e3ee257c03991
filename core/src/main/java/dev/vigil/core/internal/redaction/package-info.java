/**
 * What {@code Redactor} works with: one pass over a text ({@code Masking}), which at a trigger
 * ({@code Triggers}) asks the rule for it whether a secret stands there.
 *
 * <p>A rule looks back a bounded number of characters, and looks ahead either a bounded number or
 * over what it then consumes; so a pass is linear in the text's length, whatever the text. Rules
 * work on {@link CharSequence}, so that tests can count the characters that are read.
 */
@NullMarked
package dev.vigil.core.internal.redaction;

import org.jspecify.annotations.NullMarked;
