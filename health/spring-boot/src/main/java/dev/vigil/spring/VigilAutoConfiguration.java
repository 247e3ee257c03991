package dev.vigil.spring;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Import;

/** Reads {@code vigil.*}; all other parts stand on what it has read. */
@AutoConfiguration
@ConditionalOnProperty(name = "vigil.enabled", matchIfMissing = true)
@Import(VigilSettingsRegistrar.class)
final class VigilAutoConfiguration {}
