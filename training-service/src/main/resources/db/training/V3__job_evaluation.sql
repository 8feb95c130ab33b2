alter table job
  add column attempt    integer not null default 0,
  add column data_wait  double precision,
  add column skipped    integer not null default 0,
  add column evaluation text;

create table job_epoch (
  job   text not null references job (id) on delete cascade,
  epoch integer not null,
  row   text not null,
  primary key (job, epoch)
);
