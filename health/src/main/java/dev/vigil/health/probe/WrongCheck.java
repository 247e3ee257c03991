package dev.vigil.health.probe;

import org.jspecify.annotations.Nullable;

/** A check that is not healthy: its name, its status in the server's word, and why if told. */
record WrongCheck(String name, String word, @Nullable String why) {}
