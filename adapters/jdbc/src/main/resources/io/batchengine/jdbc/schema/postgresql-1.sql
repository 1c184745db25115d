-- Batch Engine, schema 1, for PostgreSQL 12 or newer.
--
-- The store runs this by itself when it first opens a database. To run it by hand, put the table prefix (batch_engine_ unless the
-- store is told another) in place of every ${prefix} and open the store with create-schema=false:
--
--   sed 's/[$]{prefix}/batch_engine_/g' postgresql-1.sql | psql ...
--
-- The tables are made in the first schema of the search path.
--
-- Times are microseconds since 1970. Statuses: 0 PENDING, 1 THROTTLED, 2 RUNNING, 3 COMPLETED, 4 FAILED, 5 CANCELLED.
-- Outcomes: 0 SUCCEEDED, 1 FAILED, 2 CANCELLED, 3 MAPPING_ERROR. A batch that is being deleted is hidden.
-- claim_order_us is created_us less ten minutes for each step of priority: the waiting batches of a project are claimed by it.
-- A checksum is the CRC-32C of its row's other values, key included, as a signed integer; of a batch it is in two parts: request_checksum
-- covers what it was created with, state_checksum all else but its owner.

create table ${prefix}meta(
  k text collate "C" primary key,
  v text collate "C" not null
);

create table ${prefix}batch(
  number bigint generated always as identity primary key,
  id text collate "C" not null unique,
  organization text collate "C",
  project text collate "C" not null,
  directory text collate "C" not null,
  directory_key bytea not null,
  job_type text collate "C" not null,
  configuration_id text collate "C" not null,
  job_id_prefix text collate "C" not null,
  options text collate "C" not null,
  priority smallint not null,
  idempotency_key text collate "C",
  fingerprint text collate "C" not null,
  requested_by text collate "C",
  retry_of text collate "C",
  created_us bigint not null,
  claim_order_us bigint not null,
  status smallint not null default 0,
  version bigint not null default 0,
  epoch bigint not null default 0,
  claim_token bigint not null default 0,
  owner text collate "C",
  crashes integer not null default 0,
  cancel_requested smallint not null default 0,
  listing_ended smallint not null default 0,
  listed_to text collate "C",
  settled_below bigint not null default 0,
  page_end bigint not null default 0,
  has_delayed smallint not null default 0,
  listed bigint not null default 0,
  duplicates bigint not null default 0,
  mapping_errors bigint not null default 0,
  succeeded bigint not null default 0,
  failed bigint not null default 0,
  cancelled bigint not null default 0,
  reason_code text collate "C",
  reason_message text collate "C",
  reason_since_us bigint,
  reason_until_us bigint,
  updated_us bigint not null,
  started_us bigint,
  finished_us bigint,
  hidden smallint not null default 0,
  request_checksum integer not null,
  state_checksum integer not null
);

create unique index ${prefix}batch_key on ${prefix}batch(project, idempotency_key) where idempotency_key is not null;
create index ${prefix}batch_list on ${prefix}batch(project, created_us desc, id desc) where hidden = 0;
create index ${prefix}batch_status on ${prefix}batch(project, status, created_us desc, id desc) where hidden = 0;
create index ${prefix}batch_directory on ${prefix}batch(project, directory_key, created_us desc, id desc) where hidden = 0;
create index ${prefix}batch_directory_status on ${prefix}batch(project, directory_key, status, created_us desc, id desc) where hidden = 0;
create index ${prefix}batch_open on ${prefix}batch(created_us, id) where status < 3;
create index ${prefix}batch_claim on ${prefix}batch(project, claim_order_us, id) where status < 3;
create index ${prefix}batch_pending on ${prefix}batch(created_us, id) where status = 0;
create index ${prefix}batch_cancel on ${prefix}batch(created_us, id) where cancel_requested = 1 and status < 3;
create index ${prefix}batch_owner on ${prefix}batch(owner) where owner is not null;
create index ${prefix}batch_retry on ${prefix}batch(retry_of) where retry_of is not null and status < 3;
create index ${prefix}batch_finished on ${prefix}batch(finished_us) where finished_us is not null and hidden = 0;
create index ${prefix}batch_project_finished on ${prefix}batch(project, finished_us) where finished_us is not null and hidden = 0;
create index ${prefix}batch_hidden on ${prefix}batch(number) where hidden = 1;

-- The configuration snapshot: apart, for a batch's row is written anew with each commit.
create table ${prefix}snapshot(
  number bigint primary key,
  configuration text collate "C" not null,
  checksum integer not null
);

-- A page of the listing, written before any of its files starts: the ids, front-coded.
create table ${prefix}page(
  number bigint not null,
  first_ordinal bigint not null,
  n integer not null,
  ids bytea not null,
  checksum integer not null,
  primary key(number, first_ordinal)
);

-- Files that succeeded at once, with nothing else to tell: n of one block of 256 ordinals, when they ended and how long they took.
create table ${prefix}success(
  number bigint not null,
  first_ordinal bigint not null,
  n integer not null,
  ends bytea not null,
  checksum integer not null,
  primary key(number, first_ordinal)
);

-- Any other settled file.
create table ${prefix}file(
  number bigint not null,
  ordinal bigint not null,
  outcome smallint not null,
  attempts integer not null,
  finished_us bigint not null,
  duration_ms integer not null,
  job_id text collate "C",
  message text collate "C",
  checksum integer not null,
  primary key(number, ordinal)
);

create index ${prefix}file_job on ${prefix}file using hash (job_id) where job_id is not null;
create index ${prefix}file_unsuccessful on ${prefix}file(number, ordinal) where outcome <> 0;

-- What there is to tell of a file that is not settled; mapped: an attempt had a job. Marks: 0 NONE, 1 TOGETHER, 2 ALONE.
create table ${prefix}delayed(
  number bigint not null,
  ordinal bigint not null,
  attempts integer not null,
  mapped smallint not null,
  not_before_us bigint,
  crashes integer not null,
  mark smallint not null,
  checksum integer not null,
  primary key(number, ordinal)
);

create index ${prefix}delayed_due on ${prefix}delayed(number, not_before_us, ordinal) where not_before_us is not null;

alter table ${prefix}page alter column ids set storage external;
alter table ${prefix}delayed set (fillfactor = 70);
alter table ${prefix}batch set (fillfactor = 70);

-- One row an engine: its lease, by this server's clock; the key of the advisory lock that it holds while it lives, and when the server
-- that gave it was started, for a server that was started anew has forgotten the locks of those that live.
create table ${prefix}owner(
  id text collate "C" primary key,
  lease_until_us bigint not null,
  lock_key bigint,
  server_started_us bigint
);

-- The version stands twice, so that damage of one is noticed. The draft is a checksum of the statements above: tables that an
-- unreleased version 1 has made in another form are refused by it.
insert into ${prefix}meta(k, v) values ('schema', '1'), ('schema_again', '1'), ('draft', '78f471e0');
