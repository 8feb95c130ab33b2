-- Pictures that no item may refer to: on their way, before their items are written, or of items
-- that were deleted. Until its time a row keeps its pictures; then those that no item has go.
create table unsettled (
  id uuid primary key default gen_random_uuid(),
  pictures text[] not null,
  until timestamptz not null
);
