package dev.vigil.health.internal.reading;

import org.jspecify.annotations.Nullable;

/** A check that is not healthy: its name, its status in the server's word, and why if told. */
public record WrongCheck(String name, String word, @Nullable String why) {}
