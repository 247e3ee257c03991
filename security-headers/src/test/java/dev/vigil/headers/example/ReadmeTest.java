package dev.vigil.headers.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ReadmeTest {

  @Test
  void theTenLinesAreTheOnesThatCompile() throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    String source =
        Files.readString(Path.of("src/test/java/dev/vigil/headers/example/Headers.java"));

    assertThat(readme)
        .contains("```java\n" + source.substring(source.indexOf("public final class")) + "```");
  }
}
