package dev.vigil.health.probe;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Runs the probe as its users do, in a JVM of its own: from the jar that the build has packed, or
 * from the classes where a test runs before that.
 */
final class ProbeProcess {

  /** Exit code, standard output and standard error. */
  record Outcome(int exit, String out, String err) {}

  private final List<String> jvmArgs = new ArrayList<>();
  private final Map<String, String> environment;

  ProbeProcess() {
    this(Map.of());
  }

  ProbeProcess(Map<String, String> environment) {
    this.environment = environment;
  }

  ProbeProcess jvm(String... args) {
    jvmArgs.addAll(List.of(args));
    return this;
  }

  Outcome run(String... args) throws IOException, InterruptedException {
    Path out = Files.createTempFile("probe", ".out");
    Path err = Files.createTempFile("probe", ".err");
    try {
      Process process = start(out, err, args);
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("the probe has not ended within 60 s");
      }
      return new Outcome(process.exitValue(), text(out), text(err));
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }

  private Process start(Path out, Path err, String... args) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmArgs);
    command.addAll(program());
    command.addAll(List.of(args));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    // The JVM would say on standard error that it has read these.
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    builder.environment().remove("JDK_JAVA_OPTIONS");
    builder.environment().remove("VIGIL_PROBE_TOKEN");
    builder.environment().putAll(environment);
    return builder.start();
  }

  private static List<String> program() {
    String jar = System.getProperty("vigil.probe.jar");
    if (jar != null) {
      return List.of("-jar", jar);
    }
    String classes =
        HealthProbe.class.getProtectionDomain().getCodeSource().getLocation().getPath();
    return List.of("-cp", classes, HealthProbe.class.getName());
  }

  private static String text(Path file) throws IOException {
    return Files.readString(file).replace(System.lineSeparator(), "\n");
  }
}
