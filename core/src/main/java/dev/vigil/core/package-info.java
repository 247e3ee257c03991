/**
 * What all of Vigil's modules stand on: the deployment {@link dev.vigil.core.Profile}, secrets and
 * their redaction, trusted proxies, path patterns, findings, time, shutdown order, and where
 * background failures go.
 *
 * <p>Depends on the JDK, slf4j-api and JSpecify's annotations, and on nothing else.
 */
@NullMarked
package dev.vigil.core;

import org.jspecify.annotations.NullMarked;
