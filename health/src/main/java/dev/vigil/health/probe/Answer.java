package dev.vigil.health.probe;

import org.jspecify.annotations.Nullable;

/**
 * What the server answered.
 *
 * @param code the HTTP code
 * @param body the body, or as much of it as is read
 * @param cut whether the body was longer than what is read
 * @param redirect where the server sent us, when we did not go there
 * @param nanos from the start of connecting to the end of the body
 */
record Answer(int code, String body, boolean cut, @Nullable String redirect, long nanos) {}
