package io.lodisc.training.checkpoint;

import io.lodisc.model.checkpoint.Manifest;
import io.lodisc.model.exchange.EncoderImport;
import io.lodisc.model.exchange.ImportedEncoder;
import io.lodisc.training.TrainingFolders;
import io.lodisc.training.TrainingProperties;
import io.lodisc.web.ApiException;
import io.lodisc.web.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Service;
import org.springframework.util.FileSystemUtils;
import org.springframework.util.unit.DataSize;
import org.springframework.web.multipart.MultipartFile;

/** Makes checkpoints of encoders from elsewhere. A refused one leaves neither a row nor a file. */
@Service
class CheckpointImport {

  private static final int ID_LENGTH = 12;

  private final CheckpointRegistry registry;
  private final CheckpointStore store;
  private final TrainingFolders folders;
  private final DataSize limit;

  /** One at a time holds its weights in memory. */
  private final ReentrantLock reading = new ReentrantLock(true);

  CheckpointImport(
      CheckpointRegistry registry,
      CheckpointStore store,
      TrainingFolders folders,
      TrainingProperties properties) {
    this.registry = registry;
    this.store = store;
    this.folders = folders;
    this.limit = properties.importLimit();
  }

  ImportResponse read(ImportRequest request) {
    String unique = UUID.randomUUID().toString().replace("-", "");
    String id =
        request.name() == null ? "import-" + unique.substring(0, ID_LENGTH) : request.name();
    refuseTooLarge(request.file());
    if (registry.find(id).isPresent()) {
      throw taken(id);
    }
    Path incoming = folders.incoming().resolve(unique);
    reading.lock();
    try {
      Files.createDirectories(incoming);
      Path file = incoming.resolve("upload.safetensors");
      request.file().transferTo(file);
      ImportedEncoder encoder = EncoderImport.read(file, request.options());
      return ImportResponse.of(keep(id, folders.imported(unique), encoder, request), encoder);
    } catch (IOException e) {
      throw new UncheckedIOException("The upload could not be stored", e);
    } finally {
      reading.unlock();
      deleteAll(incoming);
    }
  }

  private StoredCheckpoint keep(
      String id, Path folder, ImportedEncoder encoder, ImportRequest request) throws IOException {
    int size = encoder.architecture().imageSize();
    Manifest manifest = encoder.write(folder, request.preprocessing(size), Instant.now());
    try {
      store.keep(folder, manifest);
      registry.register(id, folder, manifest);
    } catch (DataIntegrityViolationException e) {
      store.discard(folder);
      throw taken(id);
    } catch (RuntimeException e) {
      store.discard(folder);
      throw e;
    }
    return registry.get(id);
  }

  private void refuseTooLarge(MultipartFile file) {
    if (file.getSize() > limit.toBytes()) {
      throw new ApiException(
          Problem.UPLOAD_TOO_LARGE,
          "The file has %d bytes; %d are taken.".formatted(file.getSize(), limit.toBytes()),
          "Send half precision, or raise lodisc.training.import-limit.");
    }
  }

  private static ApiException taken(String id) {
    return new ApiException(
        Problem.ALREADY_EXISTS,
        "There is a checkpoint '%s' already.".formatted(id),
        "Choose another name, or leave it out.");
  }

  private static void deleteAll(Path folder) {
    try {
      FileSystemUtils.deleteRecursively(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("The folder " + folder + " could not be deleted", e);
    }
  }
}
