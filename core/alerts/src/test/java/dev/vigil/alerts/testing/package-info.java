/** For tests of alert rules: a rule, a series of values, a clock that the test moves. */
@NullMarked
package dev.vigil.alerts.testing;

import org.jspecify.annotations.NullMarked;
