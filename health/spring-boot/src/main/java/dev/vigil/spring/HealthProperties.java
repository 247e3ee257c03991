package dev.vigil.spring;

import dev.vigil.core.Secret;
import dev.vigil.health.http.Disclosure;
import dev.vigil.health.http.HealthFormat;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code vigil.health.*}.
 *
 * @param enabled Whether there is a HealthRegistry with checks and an endpoint.
 * @param endpoint Whether the endpoint is served.
 * @param path Where the endpoint is mounted.
 * @param port Serves the endpoint on a small server of its own at this port, and no longer on the
 *     application's; 0 takes a free one. By default management.server.port decides.
 * @param address What the server of its own listens on. By default management.server.address, else
 *     every address of the machine.
 * @param disclosure What anonymous callers see. By default the overall word in production, each
 *     check's word elsewhere.
 * @param format The format for callers that do not choose.
 * @param token The bearer token that lets a caller see details. By default nobody sees them.
 * @param page Whether there is a status page at {path}/page.
 * @param drills Whether callers with the token may order drills.
 * @param timeout The time-out of checks that set none.
 * @param dataSources Whether each DataSource is checked.
 * @param redis Whether each RedisConnectionFactory is checked.
 * @param actuator Whether Actuator's health indicators are checks here, and the checks here are
 *     contributors there.
 * @param checks Options by the name of a check.
 */
record HealthProperties(
    @DefaultValue("true") boolean enabled,
    @DefaultValue("true") boolean endpoint,
    @DefaultValue("/health") String path,
    @Within(least = "0", most = "65535") @Nullable Integer port,
    @Nullable String address,
    @Nullable Disclosure disclosure,
    @DefaultValue("native") HealthFormat format,
    @Nullable Secret token,
    @DefaultValue("true") boolean page,
    @DefaultValue("false") boolean drills,
    @Within(least = "10ms", most = "5m") @DefaultValue("10s") Duration timeout,
    @DefaultValue("true") boolean dataSources,
    @DefaultValue("true") boolean redis,
    @DefaultValue("true") boolean actuator,
    @DefaultValue Map<String, CheckProperties> checks) {}
