package io.lodisc.training.alias;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Moves aliases in one statement, so that a reader sees the old checkpoint or the new. */
@Repository
class AliasRepository {

  private final JdbcClient jdbc;

  AliasRepository(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** A trigger writes it to the audit. */
  ModelAlias promote(String alias, String checkpoint, String who, String why) {
    return jdbc.sql(
            """
            insert into training.alias (alias, checkpoint, promoted_at, actor, reason)
            values (:alias, :checkpoint, now(), :who, :why)
            on conflict (alias) do update
              set checkpoint = excluded.checkpoint, promoted_at = excluded.promoted_at,
                actor = excluded.actor, reason = excluded.reason
            returning *
            """)
        .param("alias", alias)
        .param("checkpoint", checkpoint)
        .param("who", who)
        .param("why", why)
        .query(AliasRepository::row)
        .single();
  }

  void lock(String alias) {
    jdbc.sql("select pg_advisory_xact_lock(hashtextextended(:alias, 1))")
        .param("alias", alias)
        .query((row, number) -> true)
        .single();
  }

  Optional<ModelAlias> find(String alias) {
    return jdbc.sql("select * from training.alias where alias = :alias")
        .param("alias", alias)
        .query(AliasRepository::row)
        .optional();
  }

  List<ModelAlias> all() {
    return jdbc.sql("select * from training.alias order by alias")
        .query(AliasRepository::row)
        .list();
  }

  private static ModelAlias row(ResultSet row, int number) throws SQLException {
    return new ModelAlias(
        row.getString("alias"),
        row.getString("checkpoint"),
        row.getObject("promoted_at", OffsetDateTime.class).toInstant());
  }
}
