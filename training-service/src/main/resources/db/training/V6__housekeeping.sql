-- What a job started from is a name, as its data set is; its newest checkpoint may go.
alter table job drop constraint job_start_fkey;
alter table job drop constraint job_checkpoint_fkey;
alter table job add constraint job_checkpoint_fkey
  foreign key (checkpoint) references checkpoint (id) on delete set null;

create index job_unfinished on job (dataset) where state in ('QUEUED', 'RUNNING', 'PAUSED');

-- A job's checkpoints are known by their ids, which imports cannot have.
alter table checkpoint
  add column job  text generated always as (substring(id from '^([0-9a-f]{12})-[0-9]+$')) stored,
  add column step bigint
    generated always as (substring(id from '^[0-9a-f]{12}-([0-9]{1,18})$')::bigint) stored;

create index checkpoint_job on checkpoint (job, step);

-- Why a checkpoint must stay. The job is null where it is a model that means it.
create view checkpoint_use (checkpoint, job, why) as
  select checkpoint, null, format('the model ''%s'' means it', alias) from alias
  union all
  select used.checkpoint, job.id, format(used.how, job.id, job.state)
  from job cross join lateral (values
    (job.start, 'job ''%s'' (%s) starts from it'),
    (job.parent, 'job ''%s'' (%s) goes on from it'),
    (job.checkpoint, 'it is the newest of job ''%s'' (%s)'),
    (case job.type when 'evaluate' then job.settings::json ->> 'checkpoint' end,
      'job ''%s'' (%s) measures it'),
    (case job.type when 'evaluate' then job.settings::json ->> 'against' end,
      'job ''%s'' (%s) measures it')) used (checkpoint, how)
  where job.state in ('QUEUED', 'RUNNING', 'PAUSED') and used.checkpoint is not null;

alter table alias
  add column actor  text not null default 'anonymous',
  add column reason text;

-- No promotion goes by unseen, whatever statement made it.
create function alias_moved() returns trigger language plpgsql as $$
begin
  insert into training.audit (who, what, subject, why)
  values (new.actor, 'model.promote', new.alias, concat_ws('; ',
    case when tg_op = 'UPDATE' then format('from %s to %s', old.checkpoint, new.checkpoint)
      else format('to %s', new.checkpoint) end,
    new.reason));
  return null;
end $$;

create trigger alias_moved after insert or update on alias
  for each row execute function alias_moved();

-- Which files are this database's: a lodisc.home remembers it.
create table installation (id text primary key);
insert into installation values (gen_random_uuid()::text);
