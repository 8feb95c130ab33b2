package io.lodisc.training.housekeeping;

import io.lodisc.training.TrainingFolders;
import io.lodisc.training.audit.Audit;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Checkpoints that may go. Whoever names one locks its row first: a job or a promotion that comes
 * at the same time is seen by {@link #uses}, or finds nothing.
 */
@Repository
class CheckpointRows {

  /**
   * @param folder where its files are
   * @param manifest as JSON
   */
  record Stored(String id, Path folder, String manifest) {}

  private record Use(String checkpoint, String why) {}

  private final JdbcClient jdbc;
  private final TrainingFolders folders;
  private final Audit audit;

  CheckpointRows(JdbcClient jdbc, TrainingFolders folders, Audit audit) {
    this.jdbc = jdbc;
    this.folders = folders;
    this.audit = audit;
  }

  Optional<Stored> lock(String id) {
    return jdbc.sql("select * from training.checkpoint where id = :id for update")
        .param("id", id)
        .query(this::stored)
        .optional();
  }

  /** Those that a job made, the newest first. */
  List<Stored> lockAllOf(String job) {
    return jdbc.sql(
            "select * from training.checkpoint where job = :job order by step desc for update")
        .param("job", job)
        .query(this::stored)
        .list();
  }

  /**
   * Why checkpoints must stay, by id; those that nothing uses are not in it.
   *
   * @param leftOut a job whose own use does not count; null for none
   */
  Map<String, List<String>> uses(Collection<Stored> checkpoints, String leftOut) {
    if (checkpoints.isEmpty()) {
      return Map.of();
    }
    return jdbc
        .sql(
            """
            select checkpoint, why from training.checkpoint_use
            where checkpoint in (:ids) and (job is null or job is distinct from :leftOut::text)
            order by why
            """)
        .param("ids", checkpoints.stream().map(Stored::id).toList())
        .param("leftOut", leftOut)
        .query((row, number) -> new Use(row.getString(1), row.getString(2)))
        .list()
        .stream()
        .collect(
            Collectors.groupingBy(
                Use::checkpoint, Collectors.mapping(Use::why, Collectors.toList())));
  }

  /** The rows go, the files stay. */
  void delete(Collection<Stored> checkpoints, String who, String why) {
    for (Stored checkpoint : checkpoints) {
      jdbc.sql("delete from training.checkpoint where id = :id")
          .param("id", checkpoint.id())
          .update();
      audit.put(who, "checkpoint.delete", checkpoint.id(), why);
    }
  }

  /** The folders that rows name. */
  Set<Path> folders() {
    return jdbc.sql("select folder from training.checkpoint").query(String.class).list().stream()
        .map(folders::folder)
        .collect(Collectors.toSet());
  }

  private Stored stored(ResultSet row, int number) throws SQLException {
    return new Stored(
        row.getString("id"), folders.folder(row.getString("folder")), row.getString("manifest"));
  }
}
