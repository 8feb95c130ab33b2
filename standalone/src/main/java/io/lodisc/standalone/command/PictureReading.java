package io.lodisc.standalone.command;

import io.lodisc.model.archive.ArchiveException;
import io.lodisc.model.dataset.DatasetException;
import io.lodisc.model.image.PictureException;
import io.lodisc.standalone.UserException;
import io.lodisc.training.evaluation.EvaluationException;
import io.lodisc.training.reproduce.Pictures;
import java.nio.file.Path;

/** Reads the folder of pictures that a command is given. */
final class PictureReading {

  private PictureReading() {}

  /**
   * The pictures; what is odd about them is told on standard error.
   *
   * @param split what to train on alone; null for the training split where there is one, else all
   * @throws UserException if they cannot be used
   */
  static Pictures read(String layout, Path folder, String split, boolean partial) {
    try {
      Pictures pictures = Pictures.read(layout, folder, split, partial);
      pictures.warnings().forEach(System.err::println);
      return pictures;
    } catch (DatasetException e) {
      throw new UserException(e.getMessage() + " " + e.hint());
    } catch (EvaluationException e) {
      throw new UserException(e.getMessage() + " " + e.hint());
    } catch (ArchiveException | PictureException e) {
      throw new UserException(folder + ": " + e.getMessage());
    }
  }
}
