-- What operators want to know: what kind of failure ended a job, and in which trace it was submitted.
alter table job
  add column fault       text,
  add column traceparent text;
