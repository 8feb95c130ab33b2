package io.lodisc.model.metrics;

import java.util.stream.IntStream;

/**
 * How far features spread: of collapsed ones both numbers are small.
 *
 * @param deviation mean over the dimensions of the standard deviation of L2-normalised features;
 *     1/sqrt(D) if they are spread evenly over the sphere (Chen and He 2021, section 4.1)
 * @param effectiveRank exp of the entropy of the singular values of the features, as shares of
 *     their sum, not centred (Roy and Vetterli 2007; Garrido et al. 2023); 1 to min(n, D)
 * @param vectors n
 * @param dimension D
 */
public record Spread(double deviation, double effectiveRank, int vectors, int dimension) {

  /**
   * Measures.
   *
   * @param units L2-normalised, at least one, all of the same length
   */
  public static Spread of(float[][] units) {
    if (units.length == 0) {
      throw new IllegalArgumentException("no features, no spread");
    }
    int dimension = units[0].length;
    return new Spread(deviation(units), effectiveRank(units), units.length, dimension);
  }

  /** The deviation as a share of 1/sqrt(D). */
  public double evenness() {
    return deviation * Math.sqrt(dimension);
  }

  private static double deviation(float[][] units) {
    int dimension = units[0].length;
    double sum = 0;
    for (int d = 0; d < dimension; d++) {
      double mean = 0;
      for (float[] unit : units) {
        mean += unit[d];
      }
      mean /= units.length;
      double square = 0;
      for (float[] unit : units) {
        square += (unit[d] - mean) * (unit[d] - mean);
      }
      sum += Math.sqrt(square / units.length);
    }
    return sum / dimension;
  }

  private static double effectiveRank(float[][] units) {
    double[] singular = SymmetricEigenvalues.of(gram(units));
    double sum = 0;
    for (int i = 0; i < singular.length; i++) {
      singular[i] = Math.sqrt(Math.max(0, singular[i]));
      sum += singular[i];
    }
    double entropy = 0;
    for (double value : singular) {
      if (value > 0) {
        entropy -= value / sum * Math.log(value / sum);
      }
    }
    return Math.exp(entropy);
  }

  /** The smaller of X^T X and X X^T; both have the squares of the singular values. */
  private static double[][] gram(float[][] x) {
    float[][] rows = x.length > x[0].length ? transposed(x) : x;
    double[][] gram = new double[rows.length][rows.length];
    IntStream.range(0, rows.length)
        .parallel()
        .forEach(
            i -> {
              for (int j = 0; j < rows.length; j++) {
                gram[i][j] = Dot.of(rows[i], rows[j]);
              }
            });
    return gram;
  }

  private static float[][] transposed(float[][] x) {
    float[][] transposed = new float[x[0].length][x.length];
    for (int i = 0; i < x.length; i++) {
      for (int d = 0; d < transposed.length; d++) {
        transposed[d][i] = x[i][d];
      }
    }
    return transposed;
  }
}
