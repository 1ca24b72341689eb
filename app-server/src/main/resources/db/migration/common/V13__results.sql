-- What steps tell the server themselves, over OTLP: their spans as results inside the step, and
-- lines of their log.
create table results (
    attempt_id    uuid not null references attempts (id) on delete cascade,
    span_id       varchar(16) not null,
    -- The span around it; empty when that is the step itself.
    parent_id     varchar(16) not null,
    -- As the program sent it: its own trace when it did not take up TRACEPARENT.
    trace_id      varchar(32) not null,
    name          varchar(500) not null,
    kind          varchar(20) not null,
    status        varchar(20) not null,
    message       varchar(2000) not null,
    -- Nanoseconds since 1970.
    started_nanos bigint not null,
    ended_nanos   bigint not null,
    -- Attributes and events, as JSON.
    detail        varchar(20000) not null,
    constraint results_pk primary key (attempt_id, span_id)
);
create index results_by_time on results (attempt_id, started_nanos, span_id);

-- How many spans there are, how many of them are bad, and how many bytes their details take.
alter table attempts add column results integer default 0 not null;
alter table attempts add column results_bad integer default 0 not null;
alter table attempts add column results_bytes bigint default 0 not null;
-- How much of the log did not come from the node, which counts without it.
alter table attempts add column told_chunks integer default 0 not null;
alter table attempts add column told_lines bigint default 0 not null;
alter table attempts add column told_err bigint default 0 not null;
-- SHA-256 of the log records that came last: a program that got no answer sends them again.
alter table attempts add column told_last varchar(64) default '' not null;
