package io.lodisc.web.blob;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where blobs are kept if not in the folder {@code blobs} of lodisc.home. What is blank counts as
 * left out.
 *
 * @param bucket one that is there; left out: the folder
 * @param endpoint URL of a store that is not AWS's
 * @param region AWS's own chain decides if it is left out, {@code us-east-1} with an endpoint
 * @param pathStyle whether the bucket is in the URL's path, not in its host; true with an endpoint
 * @param accessKey AWS's own chain decides if it is left out
 * @param secretKey of the access key
 */
@ConfigurationProperties("lodisc.blobs.s3")
public record S3Properties(
    String bucket,
    String endpoint,
    String region,
    Boolean pathStyle,
    String accessKey,
    String secretKey) {

  static final String PREFIX = "lodisc.blobs.s3.";

  public S3Properties {
    bucket = given(bucket);
    endpoint = given(endpoint);
    region = given(region);
    accessKey = given(accessKey);
    secretKey = given(secretKey);
  }

  private static String given(String text) {
    return text == null || text.isBlank() ? null : text.strip();
  }

  /** Whether blobs are kept there at all. */
  boolean isUsed() {
    return bucket != null;
  }

  boolean isPathStyle() {
    return pathStyle == null ? endpoint != null : pathStyle;
  }

  /** Without the keys. */
  @Override
  public String toString() {
    return "bucket %s at %s".formatted(bucket, endpoint == null ? "AWS" : endpoint);
  }
}
