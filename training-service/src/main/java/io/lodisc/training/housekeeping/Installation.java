package io.lodisc.training.housekeeping;

import io.lodisc.training.TrainingFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Whose the files are. A service that was started with another database would take all of a
 * lodisc.home for orphans; the home remembers its database.
 */
@Component
class Installation {

  private static final Logger log = LoggerFactory.getLogger(Installation.class);

  private final TrainingFolders folders;
  private final JdbcClient jdbc;

  Installation(TrainingFolders folders, JdbcClient jdbc) {
    this.folders = folders;
    this.jdbc = jdbc;
  }

  /**
   * Whether this database's rows name the files of lodisc.home.
   *
   * @param named the folders that rows name
   */
  boolean isOurs(Set<Path> named) throws IOException {
    String id = jdbc.sql("select id from training.installation").query(String.class).single();
    Path file = folders.home().resolve("installation");
    if (!Files.exists(file) && isEvidentlyOurs(named)) {
      Files.writeString(file, id);
    }
    boolean ours = Files.exists(file) && Files.readString(file).strip().equals(id);
    if (!ours) {
      log.warn(
          "The files in {} are those of another database and are not swept;"
              + " write {} to {} if they are this one's",
          folders.home(),
          id,
          file);
    }
    return ours;
  }

  private boolean isEvidentlyOurs(Set<Path> named) throws IOException {
    boolean empty =
        Trees.content(folders.checkpoints()).isEmpty() && Trees.content(folders.runs()).isEmpty();
    return empty
        || named.stream().anyMatch(f -> f.startsWith(folders.home()) && Files.isDirectory(f));
  }
}
