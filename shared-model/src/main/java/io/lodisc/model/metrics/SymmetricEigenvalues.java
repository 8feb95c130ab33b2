package io.lodisc.model.metrics;

/**
 * The eigenvalues of a real symmetric matrix: Householder's reduction to a tridiagonal one, then
 * bisection by Sturm's count (Golub and Van Loan, Matrix Computations, 8.3 and 8.4).
 */
final class SymmetricEigenvalues {

  private final int n;
  private final double[] diagonal;
  private final double[] beside;

  private SymmetricEigenvalues(int n) {
    this.n = n;
    this.diagonal = new double[n];
    this.beside = new double[n];
  }

  /**
   * Ascending, each to about 1e-15 of the largest in size.
   *
   * @param a n x n, both triangles; overwritten
   */
  static double[] of(double[][] a) {
    SymmetricEigenvalues tridiagonal = new SymmetricEigenvalues(a.length);
    tridiagonal.reduce(a);
    return tridiagonal.bisect();
  }

  private void reduce(double[][] a) {
    for (int k = 0; k < n; k++) {
      diagonal[k] = a[k][k];
      if (k < n - 2) {
        beside[k] = reflect(a, k);
      } else if (k == n - 2) {
        beside[k] = a[k + 1][k];
      }
    }
  }

  /** Turns column k to zero below the subdiagonal, whose value it returns. */
  private double reflect(double[][] a, int k) {
    double[] v = new double[n];
    double square = 0;
    for (int i = k + 1; i < n; i++) {
      v[i] = a[i][k];
      square += v[i] * v[i];
    }
    if (square == 0) {
      return 0;
    }
    double value = v[k + 1] > 0 ? -Math.sqrt(square) : Math.sqrt(square);
    double length = square - v[k + 1] * v[k + 1];
    v[k + 1] -= value;
    length += v[k + 1] * v[k + 1];

    double[] w = new double[n];
    double along = 0;
    for (int i = k + 1; i < n; i++) {
      w[i] = 2 * dot(a[i], v, k + 1) / length;
      along += v[i] * w[i];
    }
    for (int i = k + 1; i < n; i++) {
      w[i] -= along / length * v[i];
    }
    for (int i = k + 1; i < n; i++) {
      for (int j = k + 1; j < n; j++) {
        a[i][j] -= v[i] * w[j] + w[i] * v[j];
      }
    }
    return value;
  }

  private static double dot(double[] a, double[] b, int from) {
    double sum = 0;
    for (int j = from; j < a.length; j++) {
      sum += a[j] * b[j];
    }
    return sum;
  }

  private double[] bisect() {
    double bound = 0;
    for (int i = 0; i < n; i++) {
      double radius = Math.abs(beside[i]) + (i == 0 ? 0 : Math.abs(beside[i - 1]));
      bound = Math.max(bound, Math.abs(diagonal[i]) + radius);
    }
    double[] values = new double[n];
    for (int i = 0; i < n; i++) {
      double low = -bound;
      double high = bound;
      while (high - low > bound * 1e-15) {
        double middle = low + (high - low) / 2;
        if (below(middle, bound) > i) {
          high = middle;
        } else {
          low = middle;
        }
      }
      values[i] = low + (high - low) / 2;
    }
    return values;
  }

  /** How many eigenvalues are below x. */
  private int below(double x, double bound) {
    int count = 0;
    double pivot = 1;
    for (int i = 0; i < n; i++) {
      double square = i == 0 ? 0 : beside[i - 1] * beside[i - 1];
      pivot = diagonal[i] - x - square / pivot;
      if (pivot == 0) {
        pivot = -bound * 1e-300;
      }
      count += pivot < 0 ? 1 : 0;
    }
    return count;
  }
}
