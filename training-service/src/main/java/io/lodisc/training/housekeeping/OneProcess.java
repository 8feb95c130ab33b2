package io.lodisc.training.housekeeping;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/**
 * Lets one of all processes do the housekeeping at a time. PostgreSQL frees it if that one dies.
 */
final class OneProcess {

  private static final String LOCK = "lock(hashtextextended('lodisc housekeeping', 0))";

  private OneProcess() {}

  interface Task {
    void run() throws Exception;
  }

  /** False if another process is at it. */
  static boolean run(DataSource database, Task task) throws Exception {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      if (!isTrue(statement, "select pg_try_advisory_" + LOCK)) {
        return false;
      }
      try {
        task.run();
      } finally {
        isTrue(statement, "select pg_advisory_un" + LOCK);
      }
      return true;
    }
  }

  private static boolean isTrue(Statement statement, String sql) throws SQLException {
    try (ResultSet rows = statement.executeQuery(sql)) {
      return rows.next() && rows.getBoolean(1);
    }
  }
}
