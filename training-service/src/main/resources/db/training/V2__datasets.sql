-- What was registered before had its layout recognised, and was not read for a report.
alter table dataset
  add column layout     text not null default 'auto',
  add column seed       bigint not null default 0,
  add column test_share double precision not null default 0.254018589393111,
  add column left_out   text not null default '[]',
  add column report     text;
