package dev.vigil.alerts;

import dev.vigil.core.ErrorReporter;
import dev.vigil.core.Redactor;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link RuleRunner} is made of.
 *
 * @param snapshot reads all meters once
 * @param channels the names of all channels
 */
record EngineParts(
    Duration interval,
    Runnable snapshot,
    MeterRegistry registry,
    List<AlertListener> listeners,
    Silences silences,
    AlertSink sink,
    Set<String> channels,
    Redactor redactor,
    ErrorReporter errors,
    @Nullable Path stateFile,
    @Nullable Watchdog watchdog,
    boolean resolveOnShutdown) {}
