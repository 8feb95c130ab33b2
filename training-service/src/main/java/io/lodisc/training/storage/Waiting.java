package io.lodisc.training.storage;

import io.lodisc.web.blob.BlobException;

/** Who waits for files to come from the store. */
public interface Waiting {

  /** Hears how far it is, in a line of words. */
  void tell(String words);

  /**
   * Asked all the time.
   *
   * @throws StoppedException if the files are wanted no more
   */
  default void goOn() {}

  /**
   * The store failed. Returns when it is to be tried again.
   *
   * @throws BlobException the same, if it is not
   * @throws StoppedException if the files are wanted no more
   */
  default void failed(BlobException e) {
    throw e;
  }
}
