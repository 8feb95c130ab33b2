package io.lodisc.training.dataset;

import io.lodisc.model.archive.PictureArchive;
import io.lodisc.model.dataset.PictureSplits;
import io.lodisc.training.TrainingFolders;
import io.lodisc.web.ApiException;
import io.lodisc.web.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.util.FileSystemUtils;
import org.springframework.web.multipart.MultipartFile;
import tools.jackson.databind.json.JsonMapper;

/** The registered data sets. A refused one leaves neither a row nor a file. */
@Service
public class DatasetRegistry {

  private final DatasetRepository repository;
  private final DatasetRoots roots;
  private final TrainingFolders folders;
  private final TransactionOperations transaction;
  private final JsonMapper json;

  DatasetRegistry(
      DatasetRepository repository,
      DatasetRoots roots,
      TrainingFolders folders,
      TransactionOperations transaction,
      JsonMapper json) {
    this.repository = repository;
    this.roots = roots;
    this.folders = folders;
    this.transaction = transaction;
    this.json = json;
  }

  /** The data set of that name, or a 404. */
  public Dataset get(String name) {
    return repository
        .findByName(name)
        .orElseThrow(
            () ->
                new ApiException(
                    Problem.NOT_FOUND,
                    "There is no data set '%s'.".formatted(name),
                    "GET /api/v1/datasets lists the ones there are."));
  }

  /** What to train on and what to measure on, as the files are now, without unreadable ones. */
  public PictureSplits splits(String name) {
    Dataset dataset = get(name);
    return PictureSet.again(
        folders.folder(dataset.root()), dataset.reading(), dataset.leftOut(json));
  }

  List<Dataset> all() {
    return repository.findAllByOrderBySeq();
  }

  Dataset registerFolder(FolderRequest request) {
    Path root = roots.resolve(request.path());
    refuseTaken(request.name());
    Reading reading = request.reading();
    PictureSet set = PictureSet.read(root, reading);
    return save(new Dataset(request.name(), root.toString(), request.path(), reading, set, json));
  }

  Dataset registerUpload(UploadRequest request) {
    refuseTaken(request.name());
    Path incoming = folders.incoming().resolve(UUID.randomUUID().toString());
    try {
      return keep(request, unpacked(request.file(), incoming));
    } catch (IOException e) {
      throw new UncheckedIOException("The upload could not be stored", e);
    } finally {
      deleteAll(incoming);
    }
  }

  private static Path unpacked(MultipartFile file, Path incoming) throws IOException {
    Files.createDirectories(incoming);
    Path zip = incoming.resolve("upload.zip");
    file.transferTo(zip);
    Path unpacked = incoming.resolve("pictures");
    PictureArchive.extract(zip, unpacked, PictureArchive.Limits.DEFAULT);
    return unpacked;
  }

  private Dataset keep(UploadRequest request, Path unpacked) {
    Reading reading = request.reading();
    PictureSet set = PictureSet.read(unpacked, reading);
    Path home = folders.dataset(request.name());
    // The row first: its unique name decides which of two uploads may move its files there.
    return transaction.execute(
        status -> {
          Dataset saved =
              save(new Dataset(request.name(), folders.key(home), "upload", reading, set, json));
          deleteAll(home);
          move(unpacked, home);
          return saved;
        });
  }

  private Dataset save(Dataset dataset) {
    try {
      return repository.saveAndFlush(dataset);
    } catch (DataIntegrityViolationException e) {
      throw taken(dataset.name());
    }
  }

  private void refuseTaken(String name) {
    if (repository.existsByName(name)) {
      throw taken(name);
    }
  }

  private static ApiException taken(String name) {
    return new ApiException(
        Problem.ALREADY_EXISTS,
        "There is a data set '%s' already.".formatted(name),
        "Choose another name.");
  }

  private static void move(Path from, Path to) {
    try {
      Files.move(from, to);
    } catch (IOException e) {
      throw new UncheckedIOException("The pictures could not be moved to " + to, e);
    }
  }

  private static void deleteAll(Path folder) {
    try {
      FileSystemUtils.deleteRecursively(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("The folder " + folder + " could not be deleted", e);
    }
  }
}
