package dev.vigil.logging;

/** Where lines go. Written to by one thread at a time. */
interface LineSink extends AutoCloseable {

  /** Writes a line, by one write to the operating system where it is a console or file. */
  void write(Line line);

  @Override
  void close();
}
