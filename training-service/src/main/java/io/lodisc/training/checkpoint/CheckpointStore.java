package io.lodisc.training.checkpoint;

import io.lodisc.model.checkpoint.CheckpointException;
import io.lodisc.model.checkpoint.Checkpoints;
import io.lodisc.model.checkpoint.Manifest;
import io.lodisc.training.TrainingFolders;
import io.lodisc.training.storage.LocalFiles;
import io.lodisc.training.storage.Waiting;
import io.lodisc.web.blob.BlobException;
import io.lodisc.web.blob.BlobStore;
import io.lodisc.web.blob.BlobStore.Blob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.stereotype.Component;
import org.springframework.util.FileSystemUtils;

/**
 * The files of checkpoints. They are written to a folder of this machine; where the store is apart,
 * they are kept there, under the folder's name, and what is here are copies.
 */
@Component
public class CheckpointStore {

  private static final Logger log = LoggerFactory.getLogger(CheckpointStore.class);

  private final BlobStore store;
  private final LocalFiles local;
  private final TrainingFolders folders;

  CheckpointStore(BlobStore store, LocalFiles local, TrainingFolders folders) {
    this.store = store;
    this.local = local;
    this.folders = folders;
  }

  /** Keeps what was written to a folder of the blobs; the manifest last, and with it the whole. */
  public void keep(Path folder, Manifest manifest) {
    keep(folder, folder, manifest);
  }

  /**
   * Where all machines find the files of a configured folder: there, or where they are kept now.
   *
   * @param registered where they are said to be kept already; null if they are not
   */
  public Path known(Path configured, Manifest manifest, Path registered) {
    if (!local.areApart()) {
      return configured;
    }
    String encoder = manifest.files().get(Checkpoints.ENCODER).sha256();
    Path folder = folders.imported("configured-" + encoder.substring(0, 16));
    if (!folder.equals(registered) || wrong(folder, manifest).isPresent()) {
      keep(configured, folder, manifest);
    }
    return folder;
  }

  private void keep(Path from, Path folder, Manifest manifest) {
    if (local.areApart()) {
      List<String> files = new ArrayList<>(manifest.files().keySet());
      files.add(Checkpoints.MANIFEST);
      for (String file : files) {
        store.put(key(folder, file), new FileSystemResource(from.resolve(file)));
      }
    }
  }

  /** Removes what was kept but will not be registered. */
  void discard(Path folder) {
    try {
      FileSystemUtils.deleteRecursively(folder);
      if (local.areApart()) {
        store.deleteAll(folders.key(folder) + "/");
      }
    } catch (IOException | BlobException e) {
      log.warn("{} could not be deleted; the sweep will try again", folder, e);
    }
  }

  /** One of its files, which may be missing. */
  Resource file(StoredCheckpoint checkpoint, String name) {
    return isApart(checkpoint.folder())
        ? store.get(key(checkpoint.folder(), name))
        : new FileSystemResource(checkpoint.folder().resolve(name));
  }

  /**
   * Whether its files are there and what was written: by their hashes where they are files here, by
   * their sizes where the store is apart.
   *
   * @throws CheckpointException if not
   */
  void verify(StoredCheckpoint checkpoint) {
    if (isApart(checkpoint.folder())) {
      wrong(checkpoint.folder(), checkpoint.manifest())
          .ifPresent(
              file -> {
                throw new CheckpointException(
                    "%s is missing in the store, or not what was written".formatted(file));
              });
    } else {
      Checkpoints.verify(checkpoint.folder());
    }
  }

  /** A file that the store lacks or that has another size. */
  private Optional<String> wrong(Path folder, Manifest manifest) {
    String prefix = folders.key(folder) + "/";
    Map<String, Long> sizes =
        store.list(prefix).stream()
            .collect(Collectors.toMap(b -> b.key().substring(prefix.length()), Blob::bytes));
    return manifest.files().entrySet().stream()
        .filter(file -> !Long.valueOf(file.getValue().bytes()).equals(sizes.get(file.getKey())))
        .map(Map.Entry::getKey)
        .findFirst()
        .or(
            () ->
                sizes.containsKey(Checkpoints.MANIFEST)
                    ? Optional.empty()
                    : Optional.of(Checkpoints.MANIFEST));
  }

  /**
   * Lets it lie in its own folder, as if it had been written here.
   *
   * @throws IOException if it cannot be brought
   */
  public void bring(StoredCheckpoint checkpoint, Waiting waiting) throws IOException {
    Path folder = checkpoint.folder();
    if (!isApart(folder) || isWhole(folder)) {
      return;
    }
    Path incoming = folders.incoming().resolve(UUID.randomUUID().toString());
    try {
      Path whole = bring(checkpoint, incoming.resolve("checkpoint"), waiting);
      FileSystemUtils.deleteRecursively(folder);
      Files.createDirectories(folder.getParent());
      Files.move(whole, folder, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      FileSystemUtils.deleteRecursively(incoming);
    }
  }

  /**
   * Its files on this machine, to be read: where they lie, or else copies.
   *
   * @param into for copies; not there yet
   * @throws IOException if they cannot be brought
   */
  public Path bring(StoredCheckpoint checkpoint, Path into, Waiting waiting) throws IOException {
    if (!isApart(checkpoint.folder())) {
      return checkpoint.folder();
    }
    waiting.tell("fetching checkpoint " + checkpoint.id());
    Files.createDirectories(into);
    for (String file : checkpoint.manifest().files().keySet()) {
      local.bring(key(checkpoint.folder(), file), into.resolve(file), waiting);
    }
    String manifest = Checkpoints.MANIFEST;
    local.bring(key(checkpoint.folder(), manifest), into.resolve(manifest), waiting);
    Checkpoints.verify(into);
    return into;
  }

  private static boolean isWhole(Path folder) {
    try {
      Checkpoints.verify(folder);
      return true;
    } catch (CheckpointException e) {
      return false;
    }
  }

  private boolean isApart(Path folder) {
    return local.areApart() && folders.isBlob(folder);
  }

  private String key(Path folder, String file) {
    return folders.key(folder) + "/" + file;
  }
}
