package io.lodisc.training.audit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * What was done, and by whom. Changes of jobs' states and promotions are written by triggers of the
 * database.
 */
@Repository
public class Audit {

  private final JdbcClient jdbc;

  Audit(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Adds a row, in the caller's transaction.
   *
   * @param why may be null
   */
  public void put(String who, String what, String subject, String why) {
    jdbc.sql(
            """
            insert into training.audit (who, what, subject, why)
            values (:who, :what, :subject, :why)
            """)
        .param("who", who)
        .param("what", what)
        .param("subject", subject)
        .param("why", why)
        .update();
  }

  /**
   * Rows, the newest first.
   *
   * @param subject null for any
   * @param before only rows with a lower number
   */
  List<AuditRow> page(String subject, long before, int limit) {
    return jdbc.sql(
            """
            select * from training.audit
            where seq < :before and (:subject::text is null or subject = :subject)
            order by seq desc limit :limit
            """)
        .param("before", before)
        .param("subject", subject)
        .param("limit", limit)
        .query(Audit::row)
        .list();
  }

  private static AuditRow row(ResultSet row, int number) throws SQLException {
    return new AuditRow(
        row.getLong("seq"),
        row.getObject("at", OffsetDateTime.class).toInstant(),
        row.getString("who"),
        row.getString("what"),
        row.getString("subject"),
        row.getString("why"));
  }
}
