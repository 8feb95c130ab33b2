package io.lodisc.web.blob;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.core.io.Resource;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/** Blobs as objects of an S3 bucket. */
final class S3Blobs implements BlobStore, AutoCloseable {

  /** What is held in memory of an upload; larger files are sent in parts of that many bytes. */
  static final int PART = 16 << 20;

  /** As many as one request may name. */
  private static final int MOST_DELETED = 1000;

  /** Less than a database's patience with a transaction in which blobs are deleted. */
  private static final Duration DELETION = Duration.ofSeconds(20);

  private static final int NOT_SATISFIABLE = 416;

  private final S3Client client;
  private final String bucket;

  S3Blobs(S3Client client, String bucket) {
    this.client = client;
    this.bucket = bucket;
  }

  @Override
  public void put(String key, Resource content) {
    try (InputStream in = content.getInputStream()) {
      byte[] first = in.readNBytes(PART);
      if (first.length < PART) {
        call(
            key,
            () -> client.putObject(r -> r.bucket(bucket).key(key), RequestBody.fromBytes(first)));
      } else {
        putParts(key, first, in);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void putParts(String key, byte[] first, InputStream in) throws IOException {
    String upload =
        call(key, () -> client.createMultipartUpload(r -> r.bucket(bucket).key(key))).uploadId();
    try {
      List<CompletedPart> parts = new ArrayList<>();
      for (byte[] part = first; part.length > 0; part = in.readNBytes(PART)) {
        parts.add(putPart(key, upload, parts.size() + 1, part));
      }
      call(
          key,
          () ->
              client.completeMultipartUpload(
                  r ->
                      r.bucket(bucket)
                          .key(key)
                          .uploadId(upload)
                          .multipartUpload(m -> m.parts(parts))));
    } catch (IOException | RuntimeException e) {
      try {
        client.abortMultipartUpload(r -> r.bucket(bucket).key(key).uploadId(upload));
      } catch (SdkException left) {
        e.addSuppressed(left);
      }
      throw e;
    }
  }

  private CompletedPart putPart(String key, String upload, int number, byte[] bytes) {
    UploadPartResponse stored =
        call(
            key,
            () ->
                client.uploadPart(
                    r -> r.bucket(bucket).key(key).uploadId(upload).partNumber(number),
                    RequestBody.fromBytes(bytes)));
    return CompletedPart.builder()
        .partNumber(number)
        .eTag(stored.eTag())
        .checksumCRC32(stored.checksumCRC32())
        .build();
  }

  @Override
  public Resource get(String key) {
    return new S3Resource(this, key);
  }

  /** Size and such; empty if there is no such object. */
  Optional<HeadObjectResponse> head(String key) {
    return call(
        key,
        () -> {
          try {
            return Optional.of(client.headObject(r -> r.bucket(bucket).key(key)));
          } catch (NoSuchKeyException e) {
            return Optional.empty();
          }
        });
  }

  /**
   * The bytes from an offset on; empty if it is at the end or beyond.
   *
   * @throws java.io.FileNotFoundException if there is no such object
   */
  Optional<ResponseInputStream<GetObjectResponse>> open(String key, long from) throws IOException {
    try {
      return Optional.of(
          client.getObject(
              r -> r.bucket(bucket).key(key).range(from == 0 ? null : "bytes=" + from + "-")));
    } catch (NoSuchKeyException e) {
      throw S3Resource.notFound(key);
    } catch (SdkException e) {
      if (e instanceof AwsServiceException s && s.statusCode() == NOT_SATISFIABLE) {
        return Optional.empty();
      }
      throw failed(key, e);
    }
  }

  @Override
  public List<Blob> list(String prefix) {
    return call(
        prefix,
        () ->
            client.listObjectsV2Paginator(r -> r.bucket(bucket).prefix(prefix)).contents().stream()
                .map(object -> new Blob(object.key(), object.size(), object.lastModified()))
                .toList());
  }

  @Override
  public void delete(Collection<String> keys) {
    List<String> all = List.copyOf(keys);
    for (int from = 0; from < all.size(); from += MOST_DELETED) {
      deleteSome(all.subList(from, Math.min(from + MOST_DELETED, all.size())));
    }
  }

  private void deleteSome(List<String> keys) {
    List<ObjectIdentifier> objects =
        keys.stream().map(key -> ObjectIdentifier.builder().key(key).build()).toList();
    DeleteObjectsResponse answer =
        call(
            keys.getFirst(),
            () ->
                client.deleteObjects(
                    r ->
                        r.bucket(bucket)
                            .delete(d -> d.objects(objects).quiet(true))
                            .overrideConfiguration(o -> o.apiCallTimeout(DELETION))));
    if (answer.hasErrors() && !answer.errors().isEmpty()) {
      throw new BlobException(
          "%d blobs could not be deleted, among them %s: %s"
              .formatted(
                  answer.errors().size(),
                  answer.errors().getFirst().key(),
                  answer.errors().getFirst().message()),
          true,
          null);
    }
  }

  @Override
  public Optional<Path> folder() {
    return Optional.empty();
  }

  @Override
  public void close() {
    client.close();
  }

  private <T> T call(String key, Supplier<T> request) {
    try {
      return request.get();
    } catch (SdkException e) {
      throw failed(key, e);
    }
  }

  private BlobException failed(String key, SdkException e) {
    boolean passing =
        !(e instanceof AwsServiceException answer)
            || answer.isThrottlingException()
            || answer.retryable()
            || answer.statusCode() >= 500;
    return new BlobException(
        "The bucket '%s' failed at %s: %s".formatted(bucket, key, e.getMessage()), passing, e);
  }
}
