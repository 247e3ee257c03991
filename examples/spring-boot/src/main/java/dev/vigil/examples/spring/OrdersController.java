package dev.vigil.examples.spring;

import java.util.List;
import java.util.Map;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Orders, in a database, with a count of looks in Redis. */
@RestController
class OrdersController {

  private final JdbcTemplate database;
  private final StringRedisTemplate redis;

  OrdersController(JdbcTemplate database, StringRedisTemplate redis) {
    this.database = database;
    this.redis = redis;
  }

  @GetMapping("/api/orders")
  List<Map<String, Object>> orders() {
    redis.opsForValue().increment("orders:looks");
    return database.queryForList("select id, item from orders order by id");
  }

  @PostMapping("/api/orders")
  void order(@RequestParam String item) {
    database.update("insert into orders (item) values (?)", item);
  }

  @GetMapping("/api/thread")
  String thread() {
    return Thread.currentThread().toString();
  }
}
