package dev.vigil.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import org.junit.jupiter.api.Test;
import org.slf4j.ILoggerFactory;
import org.slf4j.LoggerFactory;

/** A webapp that brings vigil-logging along and finds Logback in its container. */
class SharedLogbackTest {

  private static final class WebappLoader extends URLClassLoader {
    WebappLoader(URL ours) {
      super(new URL[] {ours}, SharedLogbackTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.startsWith("dev.vigil.logging.")) {
        Class<?> loaded = findLoadedClass(name);
        return loaded == null ? findClass(name) : loaded;
      }
      return super.loadClass(name, resolve);
    }
  }

  @Test
  void isRefusedUnlessForced() throws Exception {
    URL ours = StructuredLogging.class.getProtectionDomain().getCodeSource().getLocation();
    try (WebappLoader webapp = new WebappLoader(ours)) {
      Method logback =
          webapp
              .loadClass(Installation.class.getName())
              .getDeclaredMethod("logback", ILoggerFactory.class, boolean.class);
      logback.setAccessible(true);
      ILoggerFactory shared = LoggerFactory.getILoggerFactory();

      assertThatThrownBy(() -> logback.invoke(null, shared, false))
          .isInstanceOf(InvocationTargetException.class)
          .cause()
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("other applications");
      assertThat(logback.invoke(null, shared, true)).isSameAs(shared);
    }
  }
}
