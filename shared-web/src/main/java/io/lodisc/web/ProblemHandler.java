package io.lodisc.web;

import io.lodisc.model.archive.ArchiveException;
import io.lodisc.model.checkpoint.CheckpointException;
import io.lodisc.model.dataset.DatasetException;
import io.lodisc.model.exchange.ImportException;
import io.lodisc.model.image.PictureException;
import io.lodisc.web.blob.BlobException;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.validation.FieldError;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClientResponseException;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import tools.jackson.core.JacksonException;

/** Turns every error into an RFC 9457 problem detail with a stable type and a hint. */
@RestControllerAdvice
class ProblemHandler extends ResponseEntityExceptionHandler {

  private static final Logger log = LoggerFactory.getLogger(ProblemHandler.class);

  @ExceptionHandler
  ResponseEntity<Object> api(ApiException e) {
    return answer(e.problem(), e.getMessage(), e.hint());
  }

  @ExceptionHandler
  ResponseEntity<Object> picture(PictureException e) {
    return switch (e.reason()) {
      case NOT_A_PICTURE ->
          answer(
              Problem.NOT_A_PICTURE, e.getMessage(), "Send a PNG, JPEG, WebP, GIF or BMP picture.");
      case TRUNCATED ->
          answer(Problem.TRUNCATED_PICTURE, e.getMessage(), "Send the whole file again.");
      case TOO_LARGE ->
          answer(
              Problem.PICTURE_TOO_LARGE, e.getMessage(), "Scale the picture down and try again.");
    };
  }

  @ExceptionHandler
  ResponseEntity<Object> archive(ArchiveException e) {
    return switch (e.reason()) {
      case NOT_AN_ARCHIVE ->
          answer(Problem.NOT_AN_ARCHIVE, e.getMessage(), "Send a zip file of pictures.");
      case EMPTY ->
          answer(
              Problem.EMPTY_ARCHIVE,
              e.getMessage(),
              "Put pictures in it: class folders, or a manifest.csv that lists them.");
      case TRAVERSAL ->
          answer(
              Problem.UNSAFE_ARCHIVE,
              e.getMessage(),
              "Use relative paths that stay inside the archive.");
      case TOO_LARGE ->
          answer(Problem.ARCHIVE_TOO_LARGE, e.getMessage(), "Split it into smaller archives.");
      case BAD_MANIFEST ->
          answer(
              Problem.BAD_MANIFEST,
              e.getMessage(),
              "Give manifest.csv a header with a path column, and list only files that exist.");
    };
  }

  @ExceptionHandler
  ResponseEntity<Object> dataset(DatasetException e) {
    Problem problem =
        switch (e.reason()) {
          case BAD_REQUEST -> Problem.INVALID_REQUEST;
          case WRONG_LAYOUT -> Problem.WRONG_LAYOUT;
          case BAD_ANNOTATIONS -> Problem.BAD_ANNOTATIONS;
          case WRONG_COUNTS -> Problem.WRONG_COUNTS;
        };
    return answer(problem, e.getMessage(), e.hint());
  }

  @ExceptionHandler
  ResponseEntity<Object> checkpoint(CheckpointException e) {
    return answer(
        Problem.BROKEN_CHECKPOINT, e.getMessage(), "Use another checkpoint, or write it again.");
  }

  @ExceptionHandler
  ResponseEntity<Object> encoder(ImportException e) {
    ProblemDetail body =
        switch (e.reason()) {
          case NOT_SAFETENSORS ->
              detail(
                  Problem.NOT_SAFETENSORS,
                  e.getMessage(),
                  "Send a safetensors file; docs/pytorch.md says how a .pth becomes one.");
          case UNKNOWN_NAMING ->
              detail(
                  Problem.UNKNOWN_NAMING,
                  e.getMessage(),
                  "Send the state_dict of a plain vision transformer as its library names it.");
          case MISSING_TENSORS ->
              detail(Problem.MISSING_TENSORS, e.getMessage(), "Save the model's whole state_dict.");
          case UNSUPPORTED_ENCODER ->
              detail(
                  Problem.UNSUPPORTED_ENCODER,
                  e.getMessage(),
                  "Send a plain vision transformer, with 'heads' if its size is no usual one.");
        };
    if (!e.tensors().isEmpty()) {
      body.setProperty("tensors", e.tensors());
    }
    return ResponseEntity.of(body).build();
  }

  @ExceptionHandler({ResourceAccessException.class, RestClientResponseException.class})
  ResponseEntity<Object> upstream(Exception e) {
    if (e instanceof RestClientResponseException r && r.getStatusCode().is4xxClientError()) {
      ProblemDetail theirs = r.getResponseBodyAs(ProblemDetail.class);
      if (theirs != null && theirs.getType() != null) {
        return ResponseEntity.status(r.getStatusCode()).body(theirs);
      }
    }
    log.warn("A service this one needs failed", e);
    return answer(
        Problem.UPSTREAM_UNAVAILABLE,
        "A service this request needs did not answer.",
        "Try again in a moment; if it stays, look at the services' health.");
  }

  @ExceptionHandler
  ResponseEntity<Object> blobs(BlobException e) {
    log.warn("The store of blobs failed", e);
    return answer(
        Problem.UPSTREAM_UNAVAILABLE,
        "The store of blobs did not answer.",
        "Try again in a moment; if it stays, look at lodisc.blobs.s3 and the store itself.");
  }

  @ExceptionHandler
  ResponseEntity<Object> anything(Throwable e) {
    log.error("Unexpected error", e);
    return answer(
        Problem.INTERNAL, "The request failed for a reason of ours.", "Try again, or tell us.");
  }

  @Override
  protected ResponseEntity<Object> handleHttpMessageNotReadable(
      HttpMessageNotReadableException e,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    if (e.getCause() instanceof JacksonException wrong) {
      return api(JsonErrors.of(wrong));
    }
    return answer(
        Problem.INVALID_REQUEST, "The request has no readable body.", "Send a JSON object.");
  }

  @Override
  protected ResponseEntity<Object> handleMethodArgumentNotValid(
      MethodArgumentNotValidException e,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    Map<String, String> fields =
        e.getBindingResult().getFieldErrors().stream()
            .collect(
                Collectors.toMap(f -> f.getField(), ProblemHandler::wrong, (a, b) -> a + "; " + b));
    ProblemDetail body =
        detail(
            Problem.OUT_OF_RANGE,
            fields.entrySet().stream()
                    .map(f -> f.getKey() + " " + f.getValue())
                    .sorted()
                    .collect(Collectors.joining(", "))
                + ".",
            "Leave a field out to use its default.");
    body.setProperty("fields", fields);
    return ResponseEntity.of(body).build();
  }

  /** Of a form's text that is no number, Spring's own words would name Java's types. */
  private static String wrong(FieldError field) {
    return field.isBindingFailure()
        ? "does not hold what it should: '%s'".formatted(field.getRejectedValue())
        : field.getDefaultMessage();
  }

  @Override
  protected ResponseEntity<Object> handleMaxUploadSizeExceededException(
      MaxUploadSizeExceededException e,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    return answer(
        Problem.UPLOAD_TOO_LARGE,
        "The upload is larger than this server takes.",
        "Send it in parts, or raise spring.servlet.multipart.max-request-size.");
  }

  @ExceptionHandler
  ResponseEntity<Object> multipart(MultipartException e) {
    return answer(
        Problem.INVALID_REQUEST,
        "The body is not a readable multipart form.",
        "Send multipart/form-data, as curl -F does.");
  }

  /** Everything else that Spring itself refuses keeps its status and gets a type and a hint. */
  @Override
  protected ResponseEntity<Object> handleExceptionInternal(
      Exception e, Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
    Problem problem = status.value() == 404 ? Problem.NOT_FOUND : Problem.INVALID_REQUEST;
    if (status.is5xxServerError()) {
      return anything(e);
    }
    ProblemDetail answer =
        body instanceof ProblemDetail theirs
            ? theirs
            : e instanceof ErrorResponse known ? known.getBody() : ProblemDetail.forStatus(status);
    answer.setType(problem.type());
    answer.setProperty("hint", "Look at the method, the path and the content type.");
    return ResponseEntity.status(status).headers(headers).body(answer);
  }

  static ResponseEntity<Object> answer(Problem problem, String detail, String hint) {
    return ResponseEntity.of(detail(problem, detail, hint)).build();
  }

  private static ProblemDetail detail(Problem problem, String detail, String hint) {
    ProblemDetail body = ProblemDetail.forStatusAndDetail(problem.status(), detail);
    body.setType(problem.type());
    body.setTitle(problem.title());
    body.setProperty("hint", hint);
    return body;
  }
}
