package dev.vigil.headers.servlet;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.vigil.core.Redactor;
import dev.vigil.headers.ContentSecurityPolicy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads reports in both formats: {@code application/csp-report} (CSP Level 2) and {@code
 * application/reports+json} (Reporting API). Types other than {@code csp-violation} are passed
 * over.
 */
final class CspReportReader {

  static final String OTHER = "other";

  private static final int MOST_REPORTS = 20;
  private static final int LONGEST = 256;
  private static final int DEEPEST = 8;
  private static final Set<String> DIRECTIVES = ContentSecurityPolicy.knownDirectives();

  private final JsonFactory json =
      JsonFactory.builder()
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
          .build();

  /**
   * Reads a body.
   *
   * @throws IOException if it is no JSON, or no report
   */
  List<CspReport> read(byte[] body) throws IOException {
    try (JsonParser parser = json.createParser(body)) {
      parser.nextToken();
      Object root = value(parser);
      if (parser.nextToken() != null) {
        throw new IOException("something follows the report");
      }
      List<CspReport> reports = new ArrayList<>();
      for (Object entry : root instanceof List<?> list ? list : List.of(root)) {
        if (reports.size() == MOST_REPORTS) {
          break;
        }
        if (!(entry instanceof Map<?, ?> object)) {
          throw new IOException("a report must be an object");
        }
        CspReport report = report(object);
        if (report != null) {
          reports.add(report);
        }
      }
      return reports;
    }
  }

  private static Object value(JsonParser parser) throws IOException {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.START_OBJECT) {
      Map<String, Object> object = new LinkedHashMap<>();
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String name = parser.currentName();
        parser.nextToken();
        object.put(name, value(parser));
      }
      return object;
    }
    if (token == JsonToken.START_ARRAY) {
      List<Object> array = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        array.add(value(parser));
      }
      return array;
    }
    if (token == null) {
      throw new IOException("the body is empty");
    }
    String text = token == JsonToken.VALUE_NULL ? null : parser.getText();
    return text == null ? "" : text;
  }

  private static @Nullable CspReport report(Map<?, ?> object) throws IOException {
    if (object.get("csp-report") instanceof Map<?, ?> body) {
      String directive = text(body, "effective-directive");
      return new CspReport(
          directive(directive.isEmpty() ? text(body, "violated-directive") : directive),
          !text(body, "disposition").equals("report"),
          address(text(body, "blocked-uri")),
          address(text(body, "document-uri")),
          address(text(body, "source-file")),
          line(text(body, "line-number")));
    }
    if (object.get("type") instanceof String type && object.get("body") instanceof Map<?, ?> body) {
      return !type.equals("csp-violation")
          ? null
          : new CspReport(
              directive(text(body, "effectiveDirective")),
              !text(body, "disposition").equals("report"),
              address(text(body, "blockedURL")),
              address(text(body, "documentURL")),
              address(text(body, "sourceFile")),
              line(text(body, "lineNumber")));
    }
    throw new IOException("neither csp-report nor a list of reports");
  }

  private static String text(Map<?, ?> object, String name) {
    return object.get(name) instanceof String text ? text : "";
  }

  private static String directive(String text) {
    String lower = text.strip().toLowerCase(Locale.ROOT);
    int space = lower.indexOf(' ');
    String name = space < 0 ? lower : lower.substring(0, space);
    return DIRECTIVES.contains(name) ? name : OTHER;
  }

  /** An address without what may be secret in it, and without what may act where it is shown. */
  private static String address(String text) {
    StringBuilder kept = new StringBuilder();
    for (int i = 0; i < text.length() && kept.length() < LONGEST; i++) {
      char c = text.charAt(i);
      if (c == '?' || c == '#') {
        break;
      }
      kept.append(c > ' ' && c <= '~' && c != '<' && c != '>' && c != '"' ? c : '?');
    }
    int authority = kept.indexOf("://");
    if (authority >= 0) {
      int path = kept.indexOf("/", authority + 3);
      int credentials = kept.lastIndexOf("@", path < 0 ? kept.length() : path);
      if (credentials > authority) {
        kept.delete(authority + 3, credentials + 1);
      }
    }
    return Redactor.standard().redact(kept.toString());
  }

  private static int line(String text) {
    try {
      return Math.max(0, Integer.parseInt(text));
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
