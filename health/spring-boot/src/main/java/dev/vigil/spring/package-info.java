/**
 * Spring Boot 3.5 and 4.0: configures what it finds on the class path.
 *
 * <p>Nothing here is called by applications. They add the dependency, set {@code vigil.*}
 * properties, and may take the {@link dev.vigil.health.HealthRegistry} bean.
 */
@NullMarked
package dev.vigil.spring;

import org.jspecify.annotations.NullMarked;
