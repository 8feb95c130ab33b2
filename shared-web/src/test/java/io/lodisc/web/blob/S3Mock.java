package io.lodisc.web.blob;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.springframework.util.FileSystemUtils;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Adobe's S3Mock in a process of its own, which can be stopped and goes on with what it had. */
public final class S3Mock implements AutoCloseable {

  private static final Duration START = Duration.ofMinutes(3);
  private static S3Mock shared;

  private final Path folder;
  private final int port;
  private final S3Client client;
  private Process process;

  /** One that is not started yet. */
  public S3Mock() {
    try (ServerSocket free = new ServerSocket(0)) {
      folder = Files.createTempDirectory("s3mock");
      port = free.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    client =
        S3Client.builder()
            .endpointOverride(URI.create(endpoint()))
            .forcePathStyle(true)
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")))
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .build();
  }

  /** One that runs for all tests of this JVM. */
  public static synchronized S3Mock shared() {
    if (shared == null) {
      shared = new S3Mock();
      shared.start();
      Runtime.getRuntime().addShutdownHook(new Thread(shared::close));
    }
    return shared;
  }

  /** Returns when it answers; does nothing where it runs. */
  public void start() {
    if (process != null && process.isAlive()) {
      return;
    }
    try {
      process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xmx256m",
                  "-XX:TieredStopAtLevel=1",
                  "-XX:+UseSerialGC",
                  "-jar",
                  jar(),
                  "--server.port=0",
                  "--http.port=" + port,
                  "--com.adobe.testing.s3mock.store.root=" + folder.resolve("buckets"),
                  "--com.adobe.testing.s3mock.store.retain-files-on-exit=true")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
              .start();
      long end = System.nanoTime() + START.toNanos();
      while (!answers()) {
        if (!process.isAlive() || System.nanoTime() > end) {
          throw new IllegalStateException(
              "S3Mock does not start: " + Files.readString(folder.resolve("log")));
        }
        Thread.sleep(200);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private boolean answers() {
    try {
      client.listBuckets();
      return true;
    } catch (SdkException e) {
      return false;
    }
  }

  private static String jar() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> entry.matches(".*s3mock-[^/]*-exec\\.jar"))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("com.adobe.testing:s3mock is not there"));
  }

  /** Without a chance to end what it is doing. */
  public void stop() {
    try {
      process.destroyForcibly().waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A new bucket. */
  public String bucket() {
    String bucket = "b" + UUID.randomUUID();
    client.createBucket(r -> r.bucket(bucket));
    return bucket;
  }

  public String endpoint() {
    return "http://localhost:" + port;
  }

  /** What lets a service use a bucket, such as {@code lodisc.blobs.s3.bucket=x}. */
  public List<String> properties(String bucket) {
    return List.of(
        "lodisc.blobs.s3.bucket=" + bucket,
        "lodisc.blobs.s3.endpoint=" + endpoint(),
        "lodisc.blobs.s3.access-key=key",
        "lodisc.blobs.s3.secret-key=secret");
  }

  /** The keys in a bucket that begin so. */
  public List<String> keys(String bucket, String prefix) {
    return client.listObjectsV2Paginator(r -> r.bucket(bucket).prefix(prefix)).contents().stream()
        .map(S3Object::key)
        .toList();
  }

  /** To look into it and to change what it holds. */
  public S3Client client() {
    return client;
  }

  @Override
  public void close() {
    stop();
    client.close();
    try {
      FileSystemUtils.deleteRecursively(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
