package io.lodisc.web.blob;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Reaches the configured bucket, or says which property is wrong. */
final class S3Connection {

  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration SILENCE = Duration.ofSeconds(30);

  /** For one part of an upload at the most; downloads are bounded by the silence alone. */
  private static final Duration ATTEMPT = Duration.ofSeconds(60);

  private static final int ATTEMPTS = 4;

  private S3Connection() {}

  static S3Blobs open(S3Properties properties) {
    S3Client client = client(properties);
    try {
      client.headBucket(r -> r.bucket(properties.bucket()));
      return new S3Blobs(client, properties.bucket());
    } catch (S3Exception | SdkClientException e) {
      client.close();
      throw wrong(properties, e);
    }
  }

  private static S3Client client(S3Properties properties) {
    S3ClientBuilder builder =
        S3Client.builder()
            .forcePathStyle(properties.isPathStyle())
            .httpClientBuilder(
                UrlConnectionHttpClient.builder().connectionTimeout(CONNECT).socketTimeout(SILENCE))
            .overrideConfiguration(
                o -> o.retryStrategy(r -> r.maxAttempts(ATTEMPTS)).apiCallAttemptTimeout(ATTEMPT));
    if (properties.endpoint() != null) {
      builder.endpointOverride(endpoint(properties.endpoint())).region(Region.US_EAST_1);
    }
    if (properties.region() != null) {
      builder.region(Region.of(properties.region()));
    }
    if ((properties.accessKey() == null) != (properties.secretKey() == null)) {
      throw invalid(
          properties.accessKey() == null ? "access-key" : "secret-key",
          null,
          "The access key and the secret key are given together, or both left out.");
    }
    if (properties.accessKey() != null) {
      builder.credentialsProvider(
          StaticCredentialsProvider.create(
              AwsBasicCredentials.create(properties.accessKey(), properties.secretKey())));
    }
    try {
      return builder.build();
    } catch (SdkClientException e) {
      throw invalid("region", null, "It must be given: " + e.getMessage());
    }
  }

  private static URI endpoint(String text) {
    try {
      URI endpoint = new URI(text);
      if (endpoint.getHost() != null && String.valueOf(endpoint.getScheme()).startsWith("http")) {
        return endpoint;
      }
    } catch (URISyntaxException e) {
      // said below
    }
    throw invalid("endpoint", text, "It must be a URL such as https://minio.example.org:9000.");
  }

  private static RuntimeException wrong(S3Properties properties, Exception e) {
    if (!(e instanceof S3Exception refused)) {
      return properties.endpoint() == null
          ? invalid("bucket", properties.bucket(), "AWS cannot be asked: " + e.getMessage())
          : invalid("endpoint", properties.endpoint(), "It does not answer: " + e.getMessage());
    }
    return switch (refused.statusCode()) {
      case 404 -> invalid("bucket", properties.bucket(), "There is no such bucket.");
      case 401, 403 ->
          invalid(
              "access-key",
              properties.accessKey(),
              "It may not list the bucket '%s'.".formatted(properties.bucket()));
      case 301, 307, 400 ->
          invalid(
              "region",
              properties.region(),
              "The bucket '%s' is in another region.".formatted(properties.bucket()));
      default -> invalid("bucket", properties.bucket(), "It cannot be reached: " + e.getMessage());
    };
  }

  private static InvalidConfigurationPropertyValueException invalid(
      String name, String value, String reason) {
    return new InvalidConfigurationPropertyValueException(
        S3Properties.PREFIX + name, value, reason);
  }
}
