package dev.vigil.spring;

import java.util.Map;

/**
 * A health in Actuator's terms, of either Boot.
 *
 * @param status UP, DOWN, OUT_OF_SERVICE, UNKNOWN, or one of the application's own
 */
record Indicated(String status, Map<String, Object> details) {}
