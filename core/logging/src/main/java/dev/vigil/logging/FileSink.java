package dev.vigil.logging;

import ch.qos.logback.core.Context;
import ch.qos.logback.core.encoder.EncoderBase;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeAndTimeBasedFileNamingAndTriggeringPolicy;
import ch.qos.logback.core.rolling.TimeBasedRollingPolicy;
import ch.qos.logback.core.util.Duration;
import ch.qos.logback.core.util.FileSize;
import java.nio.file.Path;

/**
 * A file that is rolled by day (UTC) and at 100 MB by Logback; older ones are compressed, and
 * removed after 14 days or beyond 2 GB in all.
 */
final class FileSink implements LineSink {

  private static final int DAYS = 14;
  private static final FileSize MOST_EACH = FileSize.valueOf("100MB");
  private static final FileSize MOST_IN_ALL = FileSize.valueOf("2GB");

  private final RollingFileAppender<Line> file = new RollingFileAppender<>();
  private final boolean errorsOnly;

  private FileSink(Context context, Path directory, String name, boolean errorsOnly) {
    this.errorsOnly = errorsOnly;
    file.setContext(context);
    file.setName("vigil-" + name);
    file.setFile(directory.resolve(name + ".log").toString());
    file.setEncoder(new Bytes());

    var size = new SizeAndTimeBasedFileNamingAndTriggeringPolicy<Line>();
    size.setContext(context);
    size.setMaxFileSize(MOST_EACH);
    size.setCheckIncrement(Duration.buildBySeconds(1)); // instead of Logback's minute
    var rolling = new TimeBasedRollingPolicy<Line>();
    rolling.setContext(context);
    rolling.setParent(file);
    rolling.setFileNamePattern(directory.resolve(name) + ".%d{yyyy-MM-dd, UTC}.%i.log.gz");
    rolling.setTimeBasedFileNamingAndTriggeringPolicy(size);
    rolling.setMaxHistory(DAYS);
    rolling.setTotalSizeCap(MOST_IN_ALL);
    size.setTimeBasedRollingPolicy(rolling);
    file.setRollingPolicy(rolling);
    file.setTriggeringPolicy(size);
    rolling.start();
    file.start();
  }

  /** All lines, {@code combined.log}. */
  static FileSink combined(Context context, Path directory) {
    return new FileSink(context, directory, "combined", false);
  }

  /** ERROR only, {@code error.log}. */
  static FileSink errors(Context context, Path directory) {
    return new FileSink(context, directory, "error", true);
  }

  /** Whether Logback could open it. */
  boolean isOpen() {
    return file.isStarted();
  }

  @Override
  public void write(Line line) {
    if (!errorsOnly || line.isError()) {
      file.doAppend(line);
    }
  }

  @Override
  public void close() {
    file.stop();
    file.getRollingPolicy().stop();
  }

  /** The bytes are made already. */
  private static final class Bytes extends EncoderBase<Line> {
    private static final byte[] NONE = {};

    @Override
    public byte[] headerBytes() {
      return NONE;
    }

    @Override
    public byte[] encode(Line line) {
      return line.file();
    }

    @Override
    public byte[] footerBytes() {
      return NONE;
    }
  }
}
