package io.lodisc.training.dataset;

import io.lodisc.model.archive.PictureArchive;
import io.lodisc.model.dataset.PictureSplits;
import io.lodisc.training.TrainingFolders;
import io.lodisc.training.storage.Waiting;
import io.lodisc.web.ApiException;
import io.lodisc.web.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.json.JsonMapper;

/** The registered data sets. A refused one leaves neither a row nor a file. */
@Service
public class DatasetRegistry {

  private final DatasetRepository repository;
  private final DatasetRoots roots;
  private final DatasetFiles files;
  private final ListedPictures pictures;
  private final TransactionOperations transaction;
  private final TrainingFolders folders;
  private final JsonMapper json;

  DatasetRegistry(
      DatasetRepository repository,
      DatasetRoots roots,
      DatasetFiles files,
      ListedPictures pictures,
      TransactionOperations transaction,
      TrainingFolders folders,
      JsonMapper json) {
    this.repository = repository;
    this.roots = roots;
    this.files = files;
    this.pictures = pictures;
    this.transaction = transaction;
    this.folders = folders;
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

  /**
   * What to train on and what to measure on, as registered. Files of it may have vanished since.
   *
   * @param waiting for the files, if they are not on this machine
   * @throws IOException if they cannot be brought here
   */
  public PictureSplits splits(String name, Waiting waiting) throws IOException {
    Dataset dataset = get(name);
    Path root = files.bring(dataset.root(), waiting);
    if (!Files.isDirectory(root)) {
      throw new NoSuchFileException(root.toString(), null, "the data set's folder is gone");
    }
    return listed(dataset, root)
        .orElseGet(() -> PictureSet.again(root, dataset.reading(), dataset.leftOut(json)));
  }

  /**
   * Whether a checkpoint can be measured on a data set: it has labelled pictures to test on, or is
   * of a version that did not keep which it had.
   */
  public boolean canMeasure(Dataset dataset) {
    return listed(dataset, Path.of(""))
        .map(splits -> !splits.labelledTest().isEmpty())
        .orElse(true);
  }

  private Optional<PictureSplits> listed(Dataset dataset, Path root) {
    return pictures
        .of(dataset, root)
        .map(entries -> PictureSplits.of(entries, dataset.reading().split()));
  }

  List<Dataset> all() {
    return repository.findAllByOrderBySeq();
  }

  Dataset registerFolder(FolderRequest request) {
    Path root = roots.resolve(request.path());
    refuseTaken(request.name());
    Reading reading = request.reading();
    PictureSet set = PictureSet.read(root, reading);
    return save(
        new Dataset(request.name(), root.toString(), request.path(), reading, set, json),
        root,
        set);
  }

  Dataset registerUpload(UploadRequest request) {
    refuseTaken(request.name());
    Path incoming = folders.incoming().resolve(UUID.randomUUID().toString());
    try {
      Files.createDirectories(incoming);
      Path zip = incoming.resolve("upload.zip");
      request.file().transferTo(zip);
      return keep(request, zip, incoming.resolve("pictures"));
    } catch (IOException e) {
      throw new UncheckedIOException("The upload could not be stored", e);
    } finally {
      deleteAll(incoming);
    }
  }

  private Dataset keep(UploadRequest request, Path zip, Path unpacked) {
    PictureArchive.extract(zip, unpacked, PictureArchive.Limits.DEFAULT);
    Reading reading = request.reading();
    PictureSet set = PictureSet.read(unpacked, reading);
    return files.keep(
        request.name(),
        zip,
        unpacked,
        root ->
            save(new Dataset(request.name(), root, "upload", reading, set, json), unpacked, set));
  }

  private Dataset save(Dataset dataset, Path root, PictureSet set) {
    try {
      return transaction.execute(
          status -> {
            Dataset saved = repository.saveAndFlush(dataset);
            pictures.keep(saved, root, set.checked().usable());
            return saved;
          });
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

  private static void deleteAll(Path folder) {
    try {
      FileSystemUtils.deleteRecursively(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("The folder " + folder + " could not be deleted", e);
    }
  }
}
