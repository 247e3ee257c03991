/**
 * A small orders API with all of Vigil in it. Begin with {@link
 * dev.vigil.examples.service.DemoService}; each {@link dev.vigil.examples.service.Feature} shows
 * one thing.
 */
@NullMarked
package dev.vigil.examples.service;

import org.jspecify.annotations.NullMarked;
