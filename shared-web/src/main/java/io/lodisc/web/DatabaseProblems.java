package io.lodisc.web;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** What {@link ProblemHandler} does, for the services that have a database. */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
@ConditionalOnClass(name = "org.springframework.dao.DataAccessResourceFailureException")
class DatabaseProblems {

  private static final Logger log = LoggerFactory.getLogger(DatabaseProblems.class);

  @ExceptionHandler({
    DataAccessResourceFailureException.class,
    CannotCreateTransactionException.class
  })
  ResponseEntity<Object> database(Exception e) {
    log.warn("The database failed", e);
    return ProblemHandler.answer(
        Problem.UPSTREAM_UNAVAILABLE,
        "The database did not answer.",
        "Try again in a moment; nothing of this request was done.");
  }
}
