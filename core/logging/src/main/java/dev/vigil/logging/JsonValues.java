package dev.vigil.logging;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;

/**
 * Values under names, as JSON: numbers and truth values as they are, trees of Jackson's as trees,
 * all else by what it prints. Each text is redacted, and hidden where a name around it says so.
 */
final class JsonValues {

  /** Deeper ones are of no use in a log, and would need a deep stack. */
  private static final int DEEPEST = 16;

  private final JsonLine line;
  private final SafeText safe;

  JsonValues(JsonLine line, SafeText safe) {
    this.line = line;
    this.safe = safe;
  }

  void append(String name, Object value) {
    if (value instanceof JsonNode node) {
      append(name, node, 0);
    } else if (value instanceof Boolean truth) {
      line.raw(truth.toString());
    } else if (isNumber(value)) {
      number(name, String.valueOf(value));
    } else {
      line.string(safe.of(name, SafeText.print(value)));
    }
  }

  private void append(String name, JsonNode node, int depth) {
    if (node.isNull() || node.isBoolean()) {
      line.raw(node.asText());
    } else if (node.isNumber()) {
      number(name, node.asText());
    } else if (node.isValueNode() || depth == DEEPEST || safe.hides(name)) {
      line.string(safe.of(name, node.isValueNode() ? node.asText() : node.toString()));
    } else if (node.isArray()) {
      array(name, node, depth);
    } else {
      object(node, depth);
    }
  }

  private void array(String name, JsonNode array, int depth) {
    line.raw('[');
    boolean first = true;
    for (JsonNode element : array) {
      if (!line.hasRoom()) {
        break;
      }
      if (!first) {
        line.raw(',');
      }
      append(name, element, depth + 1);
      first = false;
    }
    line.raw(']');
  }

  private void object(JsonNode object, int depth) {
    UniqueNames names = new UniqueNames(safe);
    line.raw('{');
    boolean first = true;
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      if (!line.hasRoom()) {
        break;
      }
      if (!first) {
        line.raw(',');
      }
      line.string(names.of(member.getKey())).raw(':');
      append(member.getKey(), member.getValue(), depth + 1);
      first = false;
    }
    line.raw('}');
  }

  /** Card numbers and personal identification numbers are numbers too. */
  private void number(String name, String digits) {
    String safeDigits = safe.of(name, digits);
    boolean json = safeDigits.equals(digits) && (digits.charAt(0) == '-' || isDigit(digits));
    if (json && isDigit(digits.substring(digits.length() - 1))) {
      line.raw(digits);
    } else {
      line.string(safeDigits); // hidden, NaN or infinite
    }
  }

  private static boolean isDigit(String text) {
    return text.charAt(0) >= '0' && text.charAt(0) <= '9';
  }

  private static boolean isNumber(Object value) {
    return value instanceof Integer
        || value instanceof Long
        || value instanceof Double
        || value instanceof Float
        || value instanceof Short
        || value instanceof Byte
        || value instanceof BigInteger
        || value instanceof BigDecimal;
  }
}
