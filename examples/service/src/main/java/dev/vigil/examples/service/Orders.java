package dev.vigil.examples.service;

import io.micrometer.core.instrument.Timer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** Orders in PostgreSQL. */
final class Orders {

  private static final int SHOWN = 100;

  private final DataSource database;
  private final Timer queryTime;
  private volatile boolean prepared;

  Orders(DataSource database, Timer queryTime) {
    this.database = database;
    this.queryTime = queryTime;
  }

  /**
   * One order.
   *
   * @param id given by the database
   * @param item what is wanted
   * @param quantity how many, 1 to 1000
   */
  record Order(long id, String item, int quantity) {}

  /** The newest first. */
  List<Order> newest() throws SQLException {
    Timer.Sample asked = Timer.start();
    try (Connection connection = connection();
        PreparedStatement query =
            connection.prepareStatement(
                "select id, item, quantity from orders order by id desc limit " + SHOWN);
        ResultSet rows = query.executeQuery()) {
      List<Order> orders = new ArrayList<>();
      while (rows.next()) {
        orders.add(new Order(rows.getLong(1), rows.getString(2), rows.getInt(3)));
      }
      return orders;
    } finally {
      asked.stop(queryTime);
    }
  }

  Order place(String item, int quantity) throws SQLException {
    Timer.Sample asked = Timer.start();
    try (Connection connection = connection();
        PreparedStatement insert =
            connection.prepareStatement(
                "insert into orders (item, quantity) values (?, ?) returning id")) {
      insert.setString(1, item);
      insert.setInt(2, quantity);
      try (ResultSet id = insert.executeQuery()) {
        id.next();
        return new Order(id.getLong(1), item, quantity);
      }
    } finally {
      asked.stop(queryTime);
    }
  }

  /**
   * A connection to a database that has the table: made when first needed, since it may come up
   * later than we do.
   */
  private Connection connection() throws SQLException {
    Connection connection = database.getConnection();
    if (!prepared) {
      try (Statement create = connection.createStatement()) {
        create.execute(
            "create table if not exists orders ("
                + "id bigint generated always as identity primary key,"
                + "item text not null,"
                + "quantity integer not null)");
        prepared = true;
      } catch (SQLException failure) {
        connection.close();
        throw failure;
      }
    }
    return connection;
  }
}
