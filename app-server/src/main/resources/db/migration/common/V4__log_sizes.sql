-- How many bytes the stored log of an attempt takes; retention looks for the biggest sum.
alter table attempts add column log_stored bigint default 0 not null;
create index attempts_with_log on attempts (log_stored);
