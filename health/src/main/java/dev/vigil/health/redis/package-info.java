/**
 * The health of Redis. {@link dev.vigil.health.redis.RedisCheck} asks through any client, {@link
 * dev.vigil.health.redis.JedisCheck} through Jedis 6 to 8, which the application brings ({@code
 * redis.clients:jedis}).
 */
@NullMarked
package dev.vigil.health.redis;

import org.jspecify.annotations.NullMarked;
