/**
 * Ready-made checks that need the JDK and nothing else: database, migrations, HTTP, other services'
 * health, TCP, certificates, memory, disk space, deadlocks, pools and queues, file descriptors,
 * heartbeats, settings.
 *
 * <p>Each is made by a static factory that takes what it cannot do without; every other setting has
 * a default and a method that returns a changed copy. Those that talk to something outside say so
 * ({@link dev.vigil.health.HealthCheck#remote()}), give their client the time that the run has
 * left, and give up what they hold when the run is cancelled.
 */
@NullMarked
package dev.vigil.health.checks;

import org.jspecify.annotations.NullMarked;
