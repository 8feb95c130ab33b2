package io.lodisc.training.dataset;

import io.lodisc.training.TrainingFolders;
import io.lodisc.web.ApiException;
import io.lodisc.web.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.springframework.stereotype.Component;

/** Lets requests reach only folders that really lie under an allowed root. */
@Component
class DatasetRoots {

  private final TrainingFolders folders;

  DatasetRoots(TrainingFolders folders) {
    this.folders = folders;
  }

  /** The real path of the folder. What lies outside the roots is refused, there or not. */
  Path resolve(String path) {
    Path named = parsed(path);
    if (folders.datasetRoots().stream().noneMatch(r -> named.startsWith(r) || under(named, r))) {
      throw notAllowed(path);
    }
    Path real;
    try {
      real = named.toRealPath();
    } catch (IOException e) {
      throw noFolder(path);
    }
    if (folders.datasetRoots().stream().noneMatch(root -> under(real, root))) {
      throw notAllowed(path);
    }
    if (!Files.isDirectory(real)) {
      throw noFolder(path);
    }
    return real;
  }

  private static Path parsed(String path) {
    try {
      Path parsed = Path.of(path);
      if (parsed.isAbsolute()) {
        return parsed.normalize();
      }
    } catch (InvalidPathException e) {
      // said below
    }
    throw new ApiException(
        Problem.INVALID_REQUEST,
        "'%s' is not an absolute path.".formatted(path),
        "Give the folder's full path on the server.");
  }

  private static boolean under(Path path, Path root) {
    try {
      return path.startsWith(root.toRealPath());
    } catch (IOException e) {
      return false;
    }
  }

  private static ApiException notAllowed(String path) {
    return new ApiException(
        Problem.FOLDER_NOT_ALLOWED,
        "The folder '%s' is not under an allowed root.".formatted(path),
        "Move it under one of lodisc.training.dataset-roots, or upload it as a zip.");
  }

  private static ApiException noFolder(String path) {
    return new ApiException(
        Problem.INVALID_REQUEST,
        "There is no folder '%s'.".formatted(path),
        "Check the path; it is the server's, not yours.");
  }
}
