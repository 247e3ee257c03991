package dev.vigil.alerts;

/** What a condition answers: three-valued, since a meter may be missing or not a number. */
enum Truth {
  TRUE,
  FALSE,
  MISSING
}
