package dev.vigil.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import dev.vigil.core.Redactor;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.slf4j.Marker;

/**
 * Makes one line of JSON of a log event. Never throws: where an event cannot be written, a minimal
 * line says so. Thread-safe.
 */
final class JsonEncoder implements LineEncoder {

  /** What core puts in a throwable's place; its message begins with the original's class. */
  private static final String STAND_IN = "dev.vigil.core.RedactedThrowable";

  /** A buffer that grew further is given back: most lines are short. */
  private static final int MOST_KEPT = 64 * 1024;

  /**
   * A buffer of each thread's own. Of the JDK's classes only, so that a container's thread does not
   * hold an application's class loader by it; taken out while in use, since a value's toString()
   * may log.
   */
  private static final ThreadLocal<byte[][]> BUFFERS = ThreadLocal.withInitial(() -> new byte[1][]);

  private final SafeText safe;
  private final Timestamps timestamps = new Timestamps();
  private final String errorMessage;

  private final byte[] head;
  private final byte[] level;
  private final byte[] logger;
  private final byte[] thread;
  private final byte[] message;
  private final byte[] traceId;
  private final byte[] spanId;
  private final byte[] requestId;
  private final byte[] mdc;
  private final byte[] fields;
  private final byte[] markers;
  private final byte[] errorType;
  private final byte[] stack;
  private final byte[] stackHash;
  private final byte[] identity;

  JsonEncoder(LogFormat format, Identity who, Redactor redactor) {
    FieldNames names = FieldNames.of(format);
    safe = new SafeText(redactor);
    errorMessage = names.errorMessage();
    head = ascii("{\"" + names.timestamp() + "\":\"");
    level = ascii("\",\"" + names.level() + "\":\"");
    logger = ascii("\",\"" + names.logger() + "\":");
    thread = member(names.thread());
    message = member(names.message());
    traceId = member(names.traceId());
    spanId = member(names.spanId());
    requestId = member(names.requestId());
    mdc = member(names.mdc());
    fields = member(names.fields());
    markers = member(names.markers());
    errorType = member(names.errorType());
    stack = ascii(",\"" + names.stack() + "\":\"");
    stackHash = ascii("\",\"" + names.stackHash() + "\":\"");
    JsonLine fixed = new JsonLine(new byte[256]);
    fixed.raw(member(names.service())).string(who.service());
    fixed.raw(member(names.environment())).string(who.environment());
    fixed.raw(member(names.version())).string(who.version());
    if (format == LogFormat.DATADOG && !who.host().isEmpty()) {
      fixed.raw(member("hostname")).string(who.host());
    }
    fixed.raw(names.fixed());
    identity = fixed.toBytes();
  }

  static boolean isStandIn(String className) {
    return className.equals(STAND_IN);
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    byte[][] holder = BUFFERS.get();
    byte[] buffer = holder[0];
    holder[0] = null;
    JsonLine line = new JsonLine(buffer == null ? new byte[1024] : buffer);
    try {
      write(line, event);
    } catch (RuntimeException | StackOverflowError | LinkageError broken) {
      line = new JsonLine(new byte[512]);
      writeMinimal(line, event, broken);
    }
    byte[] encoded = line.toBytes();
    if (line.buffer().length <= MOST_KEPT) {
      holder[0] = line.buffer();
    }
    return encoded;
  }

  private void write(JsonLine line, ILoggingEvent event) {
    begin(line, event);
    line.raw(logger).string(event.getLoggerName());
    line.raw(thread).string(safe.of(event.getThreadName()));
    String text = event.getFormattedMessage();
    line.raw(message).string(safe.of(text == null ? "null" : text));
    line.raw(identity);
    Map<String, String> context = event.getMDCPropertyMap();
    if (context != null && !context.isEmpty()) {
      appendContext(line, context);
    }
    EventFields found = EventFields.of(event);
    if (found != null) {
      line.raw(fields);
      found.append(line, safe);
    }
    List<Marker> marked = event.getMarkerList();
    if (marked != null && !marked.isEmpty()) {
      appendMarkers(line, marked);
    }
    IThrowableProxy thrown = event.getThrowableProxy();
    if (thrown != null) {
      appendThrown(line, thrown);
    }
    end(line);
  }

  private void begin(JsonLine line, ILoggingEvent event) {
    line.raw(head);
    timestamps.append(line, event.getTimeStamp());
    line.raw(level).raw(String.valueOf(event.getLevel()));
  }

  private static void end(JsonLine line) {
    line.raw('}').raw('\n');
  }

  @SuppressWarnings("ReferenceEquality") // the same instance where there is nothing to hide
  private void appendContext(JsonLine line, Map<String, String> context) {
    promote(line, traceId, context, "trace_id", "traceId");
    promote(line, spanId, context, "span_id", "spanId");
    promote(line, requestId, context, "request_id", "");
    UniqueNames names = null; // only needed where two names may become the same
    for (String name : context.keySet()) {
      if (!UniqueNames.isPlain(name) || safe.of(name) != name) {
        names = new UniqueNames(safe);
        break;
      }
    }
    boolean first = true;
    for (Map.Entry<String, String> entry : context.entrySet()) {
      String name = entry.getKey();
      String value = entry.getValue();
      if (value == null || isPromoted(name, context) || !line.hasRoom()) {
        continue;
      }
      if (first) {
        line.raw(mdc).raw('{');
      } else {
        line.raw(',');
      }
      line.string(names == null ? name : names.of(name)).raw(':').string(safe.of(name, value));
      first = false;
    }
    if (!first) {
      line.raw('}');
    }
  }

  private void promote(
      JsonLine line, byte[] field, Map<String, String> context, String name, String other) {
    String value = context.get(name);
    if (value == null && !other.isEmpty()) {
      value = context.get(other);
    }
    if (value != null) {
      line.raw(field).string(isIdentifier(value) ? value : safe.of(value));
    }
  }

  /** Hexadecimal ids of 64 and 128 bits, some of which look like a card's number by chance. */
  private static boolean isIdentifier(String value) {
    if (value.length() != 16 && value.length() != 32) {
      return false;
    }
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
        return false;
      }
    }
    return true;
  }

  private static boolean isPromoted(String name, Map<String, String> context) {
    return switch (name) {
      case "trace_id", "span_id", "request_id" -> true;
      case "traceId" -> context.get("trace_id") == null;
      case "spanId" -> context.get("span_id") == null;
      default -> false;
    };
  }

  private void appendMarkers(JsonLine line, List<Marker> marked) {
    line.raw(markers).raw('[');
    for (int i = 0; i < marked.size() && line.hasRoom(); i++) {
      if (i > 0) {
        line.raw(',');
      }
      line.string(safe.of(String.valueOf(marked.get(i).getName())));
    }
    line.raw(']');
  }

  private void appendThrown(JsonLine line, IThrowableProxy thrown) {
    String type = thrown.getClassName();
    String said = thrown.getMessage();
    if (isStandIn(type) && said != null) { // core's word for another's class and text
      int colon = said.indexOf(": ");
      type = colon < 0 ? said : said.substring(0, colon);
      said = colon < 0 ? null : said.substring(colon + 2);
    }
    line.raw(errorType).string(safe.of(type));
    if (!errorMessage.isEmpty() && said != null) {
      line.raw(member(errorMessage)).string(safe.of(said));
    }
    StackText text = new StackText(safe, line);
    line.raw(stack);
    text.append(thrown);
    line.raw(stackHash).raw(text.hash()).raw('"');
  }

  private void writeMinimal(JsonLine line, ILoggingEvent event, Throwable broken) {
    begin(line, event);
    line.raw(logger).string(String.valueOf(event.getLoggerName()));
    String name = broken.getClass().getName();
    line.raw(message).string("this event could not be written as a line: " + name);
    line.raw(identity);
    end(line);
  }

  private static byte[] member(String name) {
    return ascii(",\"" + name + "\":");
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
