package io.lodisc.model.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import java.util.ArrayList;
import java.util.List;

/**
 * Frees every array that this thread made since it was opened, except what was kept: that goes to
 * the scope around it, or lives on where there is none.
 */
public final class Scope implements AutoCloseable {

  private final NDScope scope = new NDScope();
  private final List<NDArray> kept = new ArrayList<>();

  /** Lets an array outlive this scope. */
  public NDArray keep(NDArray array) {
    NDScope.unregister(array);
    kept.add(array);
    return array;
  }

  @Override
  public void close() {
    scope.close();
    kept.forEach(NDScope::register);
  }
}
