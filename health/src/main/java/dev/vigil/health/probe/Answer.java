package dev.vigil.health.probe;

import org.jspecify.annotations.Nullable;

/**
 * What the server answered.
 *
 * @param code the HTTP code
 * @param body the body, or as much of it as is read
 * @param cut whether the body was longer than what is read
 * @param redirect where the server sent us, when we did not go there
 * @param nanos from the look-up of the name to the end of the body; some 20 ms of it are the JVM's
 *     own first steps in HTTP
 */
record Answer(int code, String body, boolean cut, @Nullable String redirect, long nanos) {}
