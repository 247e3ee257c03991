package dev.vigil.core.testkit.offender;

class DefaultOrder {}
