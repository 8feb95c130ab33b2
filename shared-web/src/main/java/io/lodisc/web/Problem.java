package io.lodisc.web;

import java.net.URI;
import org.springframework.http.HttpStatus;

/** The error types of the API. Their URNs are part of the contract and never change. */
public enum Problem {
  INVALID_REQUEST(HttpStatus.BAD_REQUEST, "The request is not valid"),
  UNKNOWN_FIELD(HttpStatus.BAD_REQUEST, "The request has an unknown field"),
  OUT_OF_RANGE(HttpStatus.BAD_REQUEST, "A value is out of range"),
  NOT_A_PICTURE(HttpStatus.UNPROCESSABLE_CONTENT, "The file is not a picture"),
  TRUNCATED_PICTURE(HttpStatus.UNPROCESSABLE_CONTENT, "The picture is truncated"),
  PICTURE_TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE, "The picture is too large"),
  NOT_AN_ARCHIVE(HttpStatus.UNPROCESSABLE_CONTENT, "The file is not a zip archive"),
  EMPTY_ARCHIVE(HttpStatus.UNPROCESSABLE_CONTENT, "There is no picture in it"),
  UNSAFE_ARCHIVE(HttpStatus.UNPROCESSABLE_CONTENT, "The archive has an unsafe path"),
  ARCHIVE_TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE, "The archive is too large"),
  BAD_MANIFEST(HttpStatus.UNPROCESSABLE_CONTENT, "The manifest is not valid"),
  WRONG_LAYOUT(HttpStatus.UNPROCESSABLE_CONTENT, "The folder is not laid out as was said"),
  BAD_ANNOTATIONS(HttpStatus.UNPROCESSABLE_CONTENT, "The data set's annotations are not valid"),
  WRONG_COUNTS(HttpStatus.UNPROCESSABLE_CONTENT, "The data set is not as published"),
  FOLDER_NOT_ALLOWED(HttpStatus.FORBIDDEN, "The folder is not under an allowed root"),
  TOO_FEW_PICTURES(HttpStatus.UNPROCESSABLE_CONTENT, "The data set is too small for the job"),
  WRONG_DIMENSION(HttpStatus.UNPROCESSABLE_CONTENT, "The vector has the wrong length"),
  WRONG_MODEL(HttpStatus.CONFLICT, "The model is not the one of the collection"),
  BROKEN_CHECKPOINT(HttpStatus.UNPROCESSABLE_CONTENT, "The checkpoint is damaged"),
  NOT_SAFETENSORS(HttpStatus.UNPROCESSABLE_CONTENT, "The file is not a safetensors file"),
  UNKNOWN_NAMING(HttpStatus.UNPROCESSABLE_CONTENT, "The tensors have unknown names"),
  MISSING_TENSORS(HttpStatus.UNPROCESSABLE_CONTENT, "The encoder lacks tensors"),
  UNSUPPORTED_ENCODER(HttpStatus.UNPROCESSABLE_CONTENT, "The encoder is of another kind"),
  NOT_FOUND(HttpStatus.NOT_FOUND, "There is no such thing"),
  ALREADY_EXISTS(HttpStatus.CONFLICT, "The name is taken"),
  CONFLICT(HttpStatus.CONFLICT, "The state does not allow this"),
  IDEMPOTENCY_KEY_REUSED(HttpStatus.CONFLICT, "The key was used for another request"),
  QUOTA_EXCEEDED(HttpStatus.TOO_MANY_REQUESTS, "The quota is used up"),
  RANGE_NOT_SATISFIABLE(HttpStatus.REQUESTED_RANGE_NOT_SATISFIABLE, "There is no such range"),
  NOTHING_TO_EVALUATE(HttpStatus.UNPROCESSABLE_CONTENT, "No query has a relevant item"),
  UPLOAD_TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE, "The upload is too large"),
  BUSY(HttpStatus.TOO_MANY_REQUESTS, "Too much at once"),
  UPSTREAM_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "A service this one needs is not answering"),
  INTERNAL(HttpStatus.INTERNAL_SERVER_ERROR, "Something went wrong on our side");

  private final HttpStatus status;
  private final String title;

  Problem(HttpStatus status, String title) {
    this.status = status;
    this.title = title;
  }

  public HttpStatus status() {
    return status;
  }

  public String title() {
    return title;
  }

  /** Such as {@code urn:lodisc:problem:not-a-picture}. */
  public URI type() {
    return URI.create("urn:lodisc:problem:" + name().toLowerCase().replace('_', '-'));
  }
}
