-- Batch Engine, schema 1, for SQLite.
--
-- The store runs this by itself when it first opens a database. To run it by hand, put the table prefix (batch_engine_ unless the
-- store is told another) in place of every ${prefix} and open the store with create-schema=false:
--
--   sed 's/[$]{prefix}/batch_engine_/g' sqlite-1.sql | sqlite3 batches.db
--
-- Times are microseconds since 1970. Statuses: 0 PENDING, 1 THROTTLED, 2 RUNNING, 3 COMPLETED, 4 FAILED, 5 CANCELLED.
-- Outcomes: 0 SUCCEEDED, 1 FAILED, 2 CANCELLED, 3 MAPPING_ERROR. A batch that is being deleted is hidden.
-- claim_order_us is created_us less ten minutes for each step of priority: the waiting batches of a project are claimed by it.
-- A checksum is the CRC-32C of its row's other values, key included, as a signed integer; of a batch it is in two parts: request_checksum
-- covers what it was created with, state_checksum all else but its owner.

create table ${prefix}meta(
  k text primary key,
  v text not null
) without rowid;

-- A copy of the mark in meta, on a page of its own: where both differ, the file lacks what is in its log.
create table ${prefix}mark(
  k integer primary key,
  id text not null,
  touched integer not null
);

create table ${prefix}batch(
  number integer primary key,
  id text not null unique,
  organization text,
  project text not null,
  directory text not null,
  directory_key blob not null,
  job_type text not null,
  configuration_id text not null,
  job_id_prefix text not null,
  options text not null,
  priority integer not null,
  idempotency_key text,
  fingerprint text not null,
  requested_by text,
  retry_of text,
  created_us integer not null,
  claim_order_us integer not null,
  status integer not null default 0,
  version integer not null default 0,
  epoch integer not null default 0,
  claim_token integer not null default 0,
  owner text,
  crashes integer not null default 0,
  cancel_requested integer not null default 0,
  listing_ended integer not null default 0,
  listed_to text,
  settled_below integer not null default 0,
  page_end integer not null default 0,
  has_delayed integer not null default 0,
  listed integer not null default 0,
  duplicates integer not null default 0,
  mapping_errors integer not null default 0,
  succeeded integer not null default 0,
  failed integer not null default 0,
  cancelled integer not null default 0,
  reason_code text,
  reason_message text,
  reason_since_us integer,
  reason_until_us integer,
  updated_us integer not null,
  started_us integer,
  finished_us integer,
  hidden integer not null default 0,
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
  number integer primary key,
  configuration text not null,
  checksum integer not null
);

-- A page of the listing, written before any of its files starts: the ids, front-coded.
create table ${prefix}page(
  number integer not null,
  first_ordinal integer not null,
  n integer not null,
  ids blob not null,
  checksum integer not null,
  primary key(number, first_ordinal)
) without rowid;

-- Files that succeeded at once, with nothing else to tell: n of one block of 256 ordinals, when they ended and how long they took.
create table ${prefix}success(
  number integer not null,
  first_ordinal integer not null,
  n integer not null,
  ends blob not null,
  checksum integer not null,
  primary key(number, first_ordinal)
) without rowid;

-- Any other settled file.
create table ${prefix}file(
  number integer not null,
  ordinal integer not null,
  outcome integer not null,
  attempts integer not null,
  finished_us integer not null,
  duration_ms integer not null,
  job_id text,
  message text,
  checksum integer not null,
  primary key(number, ordinal)
) without rowid;

create index ${prefix}file_job on ${prefix}file(job_id) where job_id is not null;
create index ${prefix}file_unsuccessful on ${prefix}file(number, ordinal) where outcome <> 0;

-- What there is to tell of a file that is not settled; mapped: an attempt had a job. Marks: 0 NONE, 1 TOGETHER, 2 ALONE.
create table ${prefix}delayed(
  number integer not null,
  ordinal integer not null,
  attempts integer not null,
  mapped integer not null,
  not_before_us integer,
  crashes integer not null,
  mark integer not null,
  checksum integer not null,
  primary key(number, ordinal)
) without rowid;

create index ${prefix}delayed_due on ${prefix}delayed(number, not_before_us, ordinal) where not_before_us is not null;

-- The version stands twice, so that damage of one is noticed. The draft is a checksum of the statements above: tables that an
-- unreleased version 1 has made in another form are refused by it.
insert into ${prefix}meta(k, v) values ('schema', '1'), ('schema_again', '1'), ('draft', '11e26a73');
