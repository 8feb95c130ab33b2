package io.lodisc.training.queue;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import javax.sql.DataSource;

/** Statements with their parameters, over plain JDBC. */
final class Sql {

  interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  private final DataSource database;

  Sql(DataSource database) {
    this.database = database;
  }

  /** How many rows a statement changed. */
  int update(String sql, Object... parameters) {
    try (Connection connection = database.getConnection();
        PreparedStatement statement = prepared(connection, sql, parameters)) {
      return statement.executeUpdate();
    } catch (SQLException e) {
      throw new QueueException(e);
    }
  }

  <T> List<T> query(String sql, Row<T> row, Object... parameters) {
    try (Connection connection = database.getConnection()) {
      return query(connection, sql, row, parameters);
    } catch (SQLException e) {
      throw new QueueException(e);
    }
  }

  /** The same while no other statement runs under this lock, in any process. */
  <T> List<T> queryAlone(String lock, String sql, Row<T> row, Object... parameters) {
    try (Connection connection = database.getConnection()) {
      query(connection, "select pg_advisory_lock(hashtextextended(?, 0))", done -> true, lock);
      try {
        return query(connection, sql, row, parameters);
      } finally {
        query(connection, "select pg_advisory_unlock(hashtextextended(?, 0))", done -> true, lock);
      }
    } catch (SQLException e) {
      throw new QueueException(e);
    }
  }

  private static <T> List<T> query(
      Connection connection, String sql, Row<T> row, Object... parameters) throws SQLException {
    try (PreparedStatement statement = prepared(connection, sql, parameters);
        ResultSet rows = statement.executeQuery()) {
      List<T> all = new ArrayList<>();
      while (rows.next()) {
        all.add(row.read(rows));
      }
      return all;
    }
  }

  private static PreparedStatement prepared(Connection connection, String sql, Object... parameters)
      throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < parameters.length; i++) {
      Object value = parameters[i];
      if (value instanceof Collection<?> texts) {
        value = connection.createArrayOf("text", texts.toArray());
      }
      statement.setObject(i + 1, value);
    }
    return statement;
  }
}
