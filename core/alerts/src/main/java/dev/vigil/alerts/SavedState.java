package dev.vigil.alerts;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a restart must not forget.
 *
 * @param written when, by the calendar
 * @param instances all that are pending, firing or recovering
 * @param silences those that were not over
 * @param delivered what the channels had been told, in their own form; null where nothing
 */
record SavedState(
    Instant written,
    List<Instance> instances,
    List<Silence> silences,
    @Nullable JsonNode delivered) {

  /** Of a first start. */
  static final SavedState EMPTY = new SavedState(Instant.EPOCH, List.of(), List.of(), null);

  /**
   * One instance of a rule.
   *
   * @param expression stands for the text of the rule's condition
   * @param activeFor nanoseconds for which it had been active
   * @param recoveringFor nanoseconds for which it had been recovering, negative where it had not
   * @param activeAt milliseconds since 1970
   * @param firedAt milliseconds since 1970, or {@link InstanceState#NEVER}
   * @param value what the condition looked at when it last held
   */
  record Instance(
      String rule,
      Severity severity,
      String expression,
      Map<String, String> labels,
      AlertState state,
      long activeFor,
      long recoveringFor,
      long activeAt,
      long firedAt,
      double value) {}
}
