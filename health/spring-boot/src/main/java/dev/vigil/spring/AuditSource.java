package dev.vigil.spring;

import dev.vigil.core.Finding;
import java.util.List;
import java.util.function.Supplier;

/** Findings of another part for {@code /health/audit}. */
@FunctionalInterface
interface AuditSource extends Supplier<List<Finding>> {}
