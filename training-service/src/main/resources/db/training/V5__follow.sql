-- A job's log in pieces, one attempt's after the other's; start counts the bytes before it. Where it
-- lay in its attempt's file tells whether a piece is here already.
alter table job
  add column log_length bigint not null default 0,
  add column log_full   boolean not null default false;

create table job_log (
  job       text not null references job (id) on delete cascade,
  start     bigint not null,
  event     bigint not null,
  attempt   bigint not null,
  file_from bigint not null,
  file_to   bigint not null,
  bytes     bytea not null,
  primary key (job, start),
  unique (job, event),
  unique (job, attempt, file_to)
);

-- What was measured after a step, name to number.
create table job_metric (
  job      text not null references job (id) on delete cascade,
  step     bigint not null,
  epoch    integer not null,
  at       timestamptz not null default now(),
  fence    bigint not null,
  measured jsonb not null,
  primary key (job, step)
);

-- Of these a job keeps the last ones only.
create index job_event_passing on job_event (job, type, seq) where type in ('progress', 'metrics');
