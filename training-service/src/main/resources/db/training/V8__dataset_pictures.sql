-- The pictures of a data set as they were when it was registered: one that vanishes later is missed, not forgotten.
create table dataset_pictures (
  dataset bigint primary key references dataset (seq) on delete cascade,
  listed  bytea not null -- gzip of JSON
);
