package dev.vigil.examples.service;

import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** A code block of the README, compiled as the body of a method and run. */
final class ReadmeSnippet {

  private static final Path README = Path.of("..", "..", "README.md");

  /** A block of Java and the mark above it, which names it. */
  private static final Pattern BLOCK =
      Pattern.compile(
          "(?:<!-- compiled and run: ([a-z-]+) -->\\R)?```java\\R(.*?)```", Pattern.DOTALL);

  private static final String IMPORTS =
      """
      import static java.time.Duration.*;
      import com.sun.net.httpserver.HttpHandler;
      import com.sun.net.httpserver.HttpServer;
      import dev.vigil.alerts.*;
      import dev.vigil.alerts.notify.*;
      import dev.vigil.core.*;
      import dev.vigil.headers.*;
      import dev.vigil.headers.servlet.*;
      import dev.vigil.health.*;
      import dev.vigil.health.checks.*;
      import dev.vigil.health.http.*;
      import dev.vigil.logging.*;
      import dev.vigil.metrics.*;
      import dev.vigil.metrics.http.*;
      import dev.vigil.metrics.report.*;
      import dev.vigil.ratelimit.*;
      import dev.vigil.ratelimit.http.*;
      import dev.vigil.ratelimit.redis.*;
      import dev.vigil.ratelimit.servlet.*;
      import dev.vigil.sentry.*;
      import io.micrometer.core.instrument.MeterRegistry;
      import jakarta.servlet.DispatcherType;
      import jakarta.servlet.ServletContext;
      import java.net.URI;
      import java.nio.file.Path;
      import java.util.EnumSet;
      import java.util.Map;
      import javax.sql.DataSource;
      import org.eclipse.jetty.ee10.servlet.*;
      import org.slf4j.LoggerFactory;
      import org.slf4j.event.Level;
      import redis.clients.jedis.HostAndPort;
      import redis.clients.jedis.JedisClientConfig;
      """;

  private final String name;
  private final String code;

  private ReadmeSnippet(String name, String code) {
    this.name = name;
    this.code = code;
  }

  /** All blocks of Java by name, in order. */
  static Map<String, ReadmeSnippet> all() throws IOException {
    Matcher blocks = BLOCK.matcher(Files.readString(README, StandardCharsets.UTF_8));
    Map<String, ReadmeSnippet> snippets = new LinkedHashMap<>();
    while (blocks.find()) {
      String name = blocks.group(1);
      if (name == null) {
        throw new AssertionError(
            "a block of the README is not named, so nothing runs it:\n" + blocks.group(2));
      }
      snippets.put(name, new ReadmeSnippet(name, blocks.group(2)));
    }
    return snippets;
  }

  /**
   * Compiles and runs the block.
   *
   * @param givens declarations that the block takes for granted, with their values
   * @param result an expression over what the block declares
   */
  Object run(Map<String, Object> givens, String result, Path directory) throws Exception {
    String type = "Readme_" + name.replace('-', '_');
    Path source = directory.resolve(type + ".java");
    Files.writeString(
        source,
        IMPORTS
            + "public final class "
            + type
            + " {\n  static long waiting() { return 3; }\n  public static Object run("
            + String.join(", ", givens.keySet())
            + ") throws Exception {\n"
            + code
            + "\n    return "
            + result
            + ";\n  }\n}\n",
        StandardCharsets.UTF_8);
    compile(source, directory);
    try (URLClassLoader loader =
        new URLClassLoader(
            new URL[] {directory.toUri().toURL()}, ReadmeSnippet.class.getClassLoader())) {
      for (Method method : loader.loadClass(type).getMethods()) {
        if (method.getName().equals("run")) {
          return method.invoke(null, givens.values().toArray());
        }
      }
    }
    throw new AssertionError(type + " has no run()");
  }

  private void compile(Path source, Path directory) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
    try (StandardJavaFileManager files =
        compiler.getStandardFileManager(problems, null, StandardCharsets.UTF_8)) {
      boolean compiled =
          compiler
              .getTask(
                  null,
                  files,
                  problems,
                  List.of("-d", directory.toString(), "-cp", System.getProperty("java.class.path")),
                  null,
                  files.getJavaFileObjects(source))
              .call();
      List<String> errors = new ArrayList<>();
      for (Diagnostic<?> problem : problems.getDiagnostics()) {
        if (problem.getKind() == Diagnostic.Kind.ERROR) {
          errors.add(problem.toString());
        }
      }
      if (!compiled) {
        throw new AssertionError("README block \"" + name + "\" does not compile: " + errors);
      }
    }
  }
}
