package io.lodisc.training.housekeeping;

import io.lodisc.training.TrainingFolders;
import io.lodisc.web.blob.BlobStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.Resource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Whose the files are. A service that was started with another database would take all of a
 * lodisc.home, or of a store, for orphans; both remember their database.
 */
@Component
class Installation {

  private static final Logger log = LoggerFactory.getLogger(Installation.class);

  private static final String FILE = "installation";

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
    String id = id();
    Path file = folders.home().resolve(FILE);
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

  /**
   * Whether this database's rows name the blobs of a store that is apart.
   *
   * @param evidently if it remembers no database
   */
  boolean isOurs(BlobStore store, boolean evidently) {
    String id = id();
    Resource remembered = store.get(FILE);
    if (evidently && !remembered.exists()) {
      store.put(FILE, new ByteArrayResource(id.getBytes(StandardCharsets.UTF_8)));
    }
    boolean ours = remembered.exists() && content(remembered).strip().equals(id);
    if (!ours) {
      log.warn(
          "The blobs in the store are those of another database and are not swept;"
              + " write {} to its blob {} if they are this one's",
          id,
          FILE);
    }
    return ours;
  }

  private static String content(Resource blob) {
    try {
      return blob.getContentAsString(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String id() {
    return jdbc.sql("select id from training.installation").query(String.class).single();
  }

  private boolean isEvidentlyOurs(Set<Path> named) throws IOException {
    boolean empty =
        Trees.content(folders.checkpoints()).isEmpty() && Trees.content(folders.runs()).isEmpty();
    return empty
        || named.stream().anyMatch(f -> f.startsWith(folders.home()) && Files.isDirectory(f));
  }
}
