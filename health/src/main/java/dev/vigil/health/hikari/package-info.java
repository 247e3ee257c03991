/**
 * The health of a database behind HikariCP 6 or 7. Start with {@link
 * dev.vigil.health.hikari.HikariCheck}. The only package that touches HikariCP, which the
 * application brings ({@code com.zaxxer:HikariCP}).
 */
@NullMarked
package dev.vigil.health.hikari;

import org.jspecify.annotations.NullMarked;
