-- The machines that carry out work, beyond restarts; one row per node for ever.
create table nodes (
    name         varchar(63) primary key,
    -- What administrators decided.
    draining     boolean not null,
    changed_at   timestamp with time zone not null,
    -- What is known of it: online, suspect, unreachable, offline; judged by this database's clock.
    standing     varchar(20) not null,
    standing_at  timestamp with time zone not null,
    seen_at      timestamp with time zone not null,
    joined_at    timestamp with time zone not null,
    -- The connection over which it gets its work; another one takes its place.
    session_id   uuid,
    -- The number of that connection; an earlier one comes too late.
    connection   bigint not null,
    -- What it said in its Hello.
    version      varchar(63) not null,
    boot         varchar(100) not null,
    life         varchar(63) not null,
    slots        integer not null,
    runners      varchar(10000) not null,
    labels       varchar(100000) not null,
    facts        varchar(1000000) not null
);
