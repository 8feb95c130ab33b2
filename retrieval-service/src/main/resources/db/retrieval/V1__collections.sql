create table collection (
  key bigint generated always as identity primary key,
  name text not null unique,
  model text not null,
  checkpoint text,
  dimension integer,
  items integer not null default 0,
  version bigint not null default 0,
  created_at timestamptz not null,
  constraint checkpoint_with_dimension check ((checkpoint is null) = (dimension is null))
);

comment on column collection.checkpoint is 'what the embeddings were made with; null before the first';
comment on column collection.version is 'rises with every write to the items; an index follows it';

create sequence item_key increment by 50;

create table item (
  key bigint primary key default nextval('item_key'),
  collection bigint not null references collection on delete cascade,
  id text not null,
  label text,
  item_group text,
  metadata jsonb not null,
  picture text not null,
  media_type text not null,
  width integer not null,
  height integer not null,
  created_at timestamptz not null,
  unique (collection, id)
);

create index item_order on item (collection, key);
create index item_picture on item (picture);

comment on column item.picture is 'SHA-256 of the file, which is its name in the blob store';

create table embedding (
  item bigint primary key references item on delete cascade,
  vector real[] not null
);

comment on column embedding.vector is 'L2-normalised; as long as its collection''s dimension';
