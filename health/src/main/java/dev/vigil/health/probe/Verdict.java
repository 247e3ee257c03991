package dev.vigil.health.probe;

/**
 * Whether the service is healthy enough, and a line that says why.
 *
 * @param enough whether it is
 * @param line without secrets and without control characters
 */
record Verdict(boolean enough, String line) {

  /** As one line of JSON: {@code {"ok":true,"message":"healthy: HTTP 200 in 12 ms"}}. */
  String json() {
    StringBuilder json = new StringBuilder("{\"ok\":").append(enough).append(",\"message\":\"");
    escape(line, json);
    return json.append("\"}").toString();
  }

  /** Appends text as it stands within a JSON string (RFC 8259, 7), in ASCII. */
  static void escape(String text, StringBuilder json) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < ' ' || c > '~') {
        String hex = Integer.toHexString(c);
        json.append("\\u").append("0000", hex.length(), 4).append(hex);
      } else {
        json.append(c);
      }
    }
  }
}
