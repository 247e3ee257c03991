package dev.vigil.alerts;

import dev.vigil.alerts.internal.yaml.Faults;
import dev.vigil.alerts.internal.yaml.Yaml;
import dev.vigil.alerts.internal.yaml.YamlReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Rules, definitions and channels as a YAML file states them:
 *
 * <pre>{@code
 * alerts:
 *   interval: 15s
 *   channels:
 *     slack: {webhook: ${SLACK_WEBHOOK}}
 *   define:
 *     error_rate: rate(errors[1m]) / rate(requests[1m])
 *   rules:
 *     - name: high-error-rate
 *       condition: error_rate > 5%
 *       duration: 5m
 *       severity: critical
 *       channels: [slack]
 * }</pre>
 *
 * <p><code>${NAME}</code> and <code>${NAME:default}</code> take values from the environment, or
 * from where you say; one that is not set is a fault that names it. A fault has file, line and
 * column; all of them are told at once, and none shows a value that may be a secret. At most 1 MB
 * and 10,000 rules.
 *
 * <p>Immutable and thread-safe.
 */
public final class AlertsFile {

  private static final int LARGEST = 1 << 20;

  private final Optional<Duration> interval;
  private final Map<String, ChannelSettings> channels;
  private final Definitions definitions;
  private final List<AlertRule> rules;

  AlertsFile(
      Optional<Duration> interval,
      Map<String, ChannelSettings> channels,
      Definitions definitions,
      List<AlertRule> rules) {
    this.interval = interval;
    this.channels = channels;
    this.definitions = definitions;
    this.rules = rules;
  }

  /**
   * Reads a file, placeholders from the environment.
   *
   * @throws IOException if it cannot be read, or is no UTF-8
   * @throws InvalidAlertsException if anything in it is wrong; it tells all of it
   */
  public static AlertsFile read(Path file) throws IOException {
    return read(file, System::getenv);
  }

  /**
   * Reads a file.
   *
   * @param lookup values of placeholders by name, null where there is none
   * @throws IOException if it cannot be read, or is no UTF-8
   * @throws InvalidAlertsException if anything in it is wrong; it tells all of it
   */
  public static AlertsFile read(Path file, Function<String, @Nullable String> lookup)
      throws IOException {
    Path nameOnly = file.getFileName();
    String name = nameOnly == null ? file.toString() : nameOnly.toString();
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(LARGEST + 1);
    }
    if (bytes.length > LARGEST) {
      throw new InvalidAlertsException(
          List.of(name + " must be at most " + LARGEST + " bytes but is larger"));
    }
    return parse(name, decode(name, bytes), lookup);
  }

  private static String decode(String name, byte[] bytes) throws IOException {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(bytes))
          .toString();
    } catch (CharacterCodingException notUtf8) {
      throw new IOException(name + " must be UTF-8 and is not", notUtf8);
    }
  }

  /**
   * Reads a text.
   *
   * @param name what messages call it
   * @param lookup values of placeholders by name, null where there is none
   * @throws InvalidAlertsException if anything in it is wrong; it tells all of it
   */
  public static AlertsFile parse(
      String name, String text, Function<String, @Nullable String> lookup) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(lookup, "lookup");
    if (text.length() > LARGEST) {
      throw new InvalidAlertsException(
          List.of(name + " must have at most " + LARGEST + " characters but has more"));
    }
    Faults faults = new Faults(name);
    Yaml content = YamlReader.read(text, lookup, faults);
    AlertsFile file = content == null ? null : new AlertsReader(faults).read(content);
    if (file == null || !faults.found().isEmpty()) {
      throw new InvalidAlertsException(faults.found());
    }
    return file;
  }

  /** How often rules are evaluated, where the file says. */
  public Optional<Duration> interval() {
    return interval;
  }

  /** What it says of channels, by name, in its order. */
  public Map<String, ChannelSettings> channels() {
    return channels;
  }

  /** The built-in definitions and the file's. */
  public Definitions definitions() {
    return definitions;
  }

  /** The rules, in its order. */
  public List<AlertRule> rules() {
    return rules;
  }

  /** Counts of what is in it. */
  @Override
  public String toString() {
    return rules.size() + " rules, " + channels.size() + " channels";
  }
}
