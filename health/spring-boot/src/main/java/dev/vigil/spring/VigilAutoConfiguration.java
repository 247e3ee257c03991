package dev.vigil.spring;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Import;

/**
 * Reads {@code vigil.*}; all other parts stand on what it has read, so excluding this one excludes
 * all of Vigil, as {@code vigil.enabled=false} does. The only public type, for that and for
 * configurations that want to come after it.
 */
@AutoConfiguration
@ConditionalOnProperty(name = "vigil.enabled", matchIfMissing = true)
@Import(VigilSettingsRegistrar.class)
public final class VigilAutoConfiguration {}
