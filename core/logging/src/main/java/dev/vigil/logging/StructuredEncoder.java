package dev.vigil.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.EncoderBase;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The lines of {@link StructuredLogging} for an appender of one's own: put it where an encoder of
 * Logback's goes. Thread-safe once started.
 *
 * <pre>{@code
 * <encoder class="dev.vigil.logging.StructuredEncoder">
 *   <service>shop</service> <version>1.2.3</version> <format>ecs</format>
 * </encoder>
 * }</pre>
 */
public final class StructuredEncoder extends EncoderBase<ILoggingEvent> {

  private static final byte[] NONE = {};

  private final StructuredLogging.Builder builder = StructuredLogging.builder();
  private @Nullable LineEncoder lines;

  /** Not started yet. */
  public StructuredEncoder() {}

  /** The service's name; needed. */
  public void setService(String service) {
    builder.service(service);
  }

  /** The service's version. */
  public void setVersion(String version) {
    builder.version(version);
  }

  /** A {@link LogFormat}'s name, in any letter case. */
  public void setFormat(String format) {
    builder.format(LogFormat.valueOf(format.strip().toUpperCase(Locale.ROOT)));
  }

  @Override
  public void start() {
    lines = builder.settings().consoleEncoder();
    super.start();
  }

  @Override
  public byte[] headerBytes() {
    return NONE;
  }

  /** One line, its end included; nothing before {@link #start()}. Never throws. */
  @Override
  public byte[] encode(ILoggingEvent event) {
    LineEncoder started = lines;
    return started == null ? NONE : started.encode(event);
  }

  @Override
  public byte[] footerBytes() {
    return NONE;
  }
}
