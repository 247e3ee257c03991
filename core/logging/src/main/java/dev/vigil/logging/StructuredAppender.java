package dev.vigil.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import dev.vigil.core.Profile;
import dev.vigil.core.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * All of {@link StructuredLogging} as one appender of Logback's, for {@code logback.xml}:
 *
 * <pre>{@code
 * <configuration>
 *   <property name="VIGIL_SERVICE" value="shop"/>
 *   <property name="VIGIL_VERSION" value="1.2.3"/>
 *   <include resource="dev/vigil/logging/include.xml"/>
 * </configuration>
 * }</pre>
 *
 * <p>The include also sets the root level as {@code LOG_LEVEL} or the profile says. Thread-safe
 * once started.
 */
public final class StructuredAppender extends UnsynchronizedAppenderBase<ILoggingEvent> {

  private StructuredLogging.Builder builder = StructuredLogging.builder();
  private final AuditFilter audits = new AuditFilter();
  private final AtomicBoolean told = new AtomicBoolean();
  private volatile @Nullable Pipeline pipeline;

  /** For Logback, which sets what {@code logback.xml} says and then starts it. */
  public StructuredAppender() {}

  StructuredAppender(StructuredLogging.Builder builder) {
    this.builder = builder;
  }

  /** The service's name; needed. */
  public void setService(String service) {
    builder.service(service);
  }

  /** The service's version. */
  public void setVersion(String version) {
    builder.version(version);
  }

  /** The profile's name; what {@code VIGIL_PROFILE} says where this is not set. */
  public void setProfile(String profile) {
    builder.profile(Profile.of(profile));
  }

  /** A {@link LogFormat}'s name, in any letter case. */
  public void setFormat(String format) {
    builder.format(LogFormat.valueOf(format.strip().toUpperCase(Locale.ROOT)));
  }

  /** Where the files go; none are written where it is empty. */
  public void setDirectory(String directory) {
    if (directory.isBlank()) {
      builder.noFiles();
    } else {
      builder.directory(Path.of(directory));
    }
  }

  /** See {@link StructuredLogging.Builder#repeatLimit}. */
  public void setRepeatLimit(int perMinute) {
    builder.repeatLimit(perMinute);
  }

  @Override
  public void start() {
    start(builder.settings());
  }

  private void start(Settings settings) {
    LoggerContext logback = (LoggerContext) getContext();
    List<LineSink> sinks = new ArrayList<>();
    sinks.add(new ConsoleSink());
    String fault = addFiles(settings.directory(), sinks);
    Secret key = settings.datadogKey();
    if (key != null) {
      sinks.add(new DatadogShipper(settings.datadogIntake(), key, settings.profile(), this::warn));
    }
    Pipeline started =
        new Pipeline(
            logback,
            settings,
            List.copyOf(sinks),
            new LineQueue(Pipeline.PLACES, Pipeline.RESERVED),
            this::failed);
    pipeline = started;
    logback.addTurboFilter(audits);
    super.start();
    if (fault != null) {
      warn(fault);
    }
  }

  /** Adds both files, or neither and says why. */
  private @Nullable String addFiles(@Nullable Path directory, List<LineSink> sinks) {
    if (directory == null) {
      return null;
    }
    try {
      Files.createDirectories(directory);
    } catch (IOException | SecurityException refused) {
      return noFiles(directory, refused.getClass().getName());
    }
    FileSink combined = FileSink.combined(getContext(), directory);
    FileSink errors = FileSink.errors(getContext(), directory);
    if (combined.isOpen() && errors.isOpen()) {
      sinks.add(combined);
      sinks.add(errors);
      return null;
    }
    combined.close();
    errors.close();
    return noFiles(directory, "a file in it cannot be written");
  }

  private static String noFiles(Path directory, String why) {
    return "logging to the console only: directory "
        + directory.toAbsolutePath()
        + " cannot be used ("
        + why
        + ")";
  }

  private void warn(String text) {
    Pipeline running = pipeline;
    if (running != null) {
      running.say(Level.WARN, text);
    }
  }

  /** There is no log to tell a log's failure to; Logback keeps a list of such. */
  private void failed(Throwable broken) {
    if (told.compareAndSet(false, true)) {
      addWarn("a line could not be written: " + broken.getClass().getName());
    }
  }

  @Override
  protected void append(ILoggingEvent event) {
    Pipeline running = pipeline;
    if (running != null) {
      running.append(event);
    }
  }

  Pipeline pipeline() {
    return Objects.requireNonNull(pipeline, "start() was not called");
  }

  /** Writes what is queued, and closes files and shipping. */
  @Override
  public void stop() {
    if (!isStarted()) {
      return;
    }
    super.stop();
    if (getContext() instanceof LoggerContext logback) {
      logback.getTurboFilterList().remove(audits);
    }
    Pipeline running = pipeline();
    if (!running.flushAndEnd()) {
      addWarn("stopped before all lines were written, since writing hangs");
    }
    running.closeSinks();
  }
}
