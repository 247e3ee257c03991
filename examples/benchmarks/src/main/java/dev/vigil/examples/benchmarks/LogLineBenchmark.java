package dev.vigil.examples.benchmarks;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.EncoderBase;
import co.elastic.logging.logback.EcsEncoder;
import dev.vigil.logging.StructuredEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import net.logstash.logback.encoder.LogstashEncoder;
import net.logstash.logback.mask.MaskingJsonGeneratorDecorator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One event to the bytes of its line. Ours always redacts by all of its rules; of the peers {@code
 * logstash} masks nothing and {@code logstash-masked} by eight regular expressions. {@code -prof
 * gc} tells the bytes of garbage a line.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class LogLineBenchmark {

  /** What guides on masking logs propose. */
  private static final List<String> EIGHT =
      List.of(
          "(?i)(?<=password[=:])\\S+",
          "(?i)(?<=token[=:])\\S+",
          "(?i)(?<=secret[=:])\\S+",
          "(?i)(?<=bearer )\\S+",
          "eyJ[\\w-]+\\.[\\w-]+\\.[\\w-]+",
          "\\b(?:\\d[ -]?){13,16}\\b",
          "[\\w.+-]+@[\\w-]+\\.[\\w.]+",
          "AKIA[0-9A-Z]{16}");

  @Param({"vigil", "vigil-ecs", "logstash", "logstash-masked", "ecs", "logback-json", "floor"})
  public String encoder;

  @Param({"short", "thousand", "error"})
  public String line;

  private Encoder<ILoggingEvent> encoding;
  private ILoggingEvent event;

  @Setup
  public void setUp() {
    LoggerContext context = new LoggerContext();
    context.setMDCAdapter(new LogbackMDCAdapter());
    encoding = encoder(context);
    encoding.setContext(context);
    encoding.start();
    Logger logger = context.getLogger("com.acme.orders.OrderService");
    String message =
        line.equals("thousand")
            ? "order 42 of customer 7 was accepted by the warehouse; ".repeat(20).substring(0, 1000)
            : "order {} accepted for customer {}";
    Throwable thrown = line.equals("error") ? deep(20) : null;
    LoggingEvent made =
        new LoggingEvent(
            "fqcn",
            logger,
            thrown == null ? Level.INFO : Level.ERROR,
            message,
            thrown,
            line.equals("thousand") ? null : new Object[] {42, 7});
    made.setThreadName("http-1");
    made.setMDCPropertyMap(Map.of("request_id", "4bf92f3577b34da6", "user", "pat"));
    made.getFormattedMessage(); // which SLF4J makes, whoever encodes
    event = made;
  }

  private static Throwable deep(int frames) {
    return frames == 0
        ? new IllegalStateException("the warehouse did not answer")
        : deep(frames - 1);
  }

  private Encoder<ILoggingEvent> encoder(LoggerContext context) {
    switch (encoder) {
      case "vigil", "vigil-ecs" -> {
        StructuredEncoder ours = new StructuredEncoder();
        ours.setService("shop");
        ours.setVersion("1.2.3");
        ours.setFormat(encoder.equals("vigil") ? "native" : "ecs");
        return ours;
      }
      case "logstash", "logstash-masked" -> {
        LogstashEncoder logstash = new LogstashEncoder();
        logstash.setCustomFields(
            "{\"service\":\"shop\",\"environment\":\"production\",\"version\":\"1.2.3\"}");
        if (encoder.equals("logstash-masked")) {
          MaskingJsonGeneratorDecorator masks = new MaskingJsonGeneratorDecorator();
          EIGHT.forEach(masks::addValue);
          masks.start();
          logstash.setJsonGeneratorDecorator(masks);
        }
        return logstash;
      }
      case "ecs" -> {
        EcsEncoder ecs = new EcsEncoder();
        ecs.setServiceName("shop");
        ecs.setServiceVersion("1.2.3");
        return ecs;
      }
      case "logback-json" -> {
        return new JsonEncoder();
      }
      default -> {
        return new Floor();
      }
    }
  }

  /** The least that a line of JSON can cost in Java: no mask, no limit, no care. */
  private static final class Floor extends EncoderBase<ILoggingEvent> {
    @Override
    public byte[] headerBytes() {
      return new byte[0];
    }

    @Override
    public byte[] footerBytes() {
      return new byte[0];
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
      StringBuilder json = new StringBuilder(512);
      json.append("{\"timestamp\":\"").append(Instant.ofEpochMilli(event.getTimeStamp()));
      json.append("\",\"level\":\"").append(event.getLevel());
      json.append("\",\"logger\":\"").append(event.getLoggerName());
      json.append("\",\"thread\":\"").append(event.getThreadName());
      json.append("\",\"message\":\"").append(event.getFormattedMessage());
      json.append("\",\"service\":\"shop\",\"environment\":\"production\",\"version\":\"1.2.3\"");
      event
          .getMDCPropertyMap()
          .forEach(
              (key, value) ->
                  json.append(",\"").append(key).append("\":\"").append(value).append('"'));
      if (event.getThrowableProxy() != null) {
        json.append(",\"stack\":\"").append(event.getThrowableProxy().getMessage());
        for (var frame : event.getThrowableProxy().getStackTraceElementProxyArray()) {
          json.append("\\n\\t").append(frame.getSTEAsString());
        }
        json.append('"');
      }
      return json.append("}\n").toString().getBytes(StandardCharsets.UTF_8);
    }
  }

  @Benchmark
  public byte[] encode() {
    return encoding.encode(event);
  }
}
