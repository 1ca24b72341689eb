-- Looks of polling triggers: one row per poll of a pipeline. What a look found is stored as
-- deliveries in the same transaction as the state that says so.
create table polls (
    namespace     varchar(63) not null,
    pipeline      varchar(63) not null,
    name          varchar(63) not null,
    type          varchar(63) not null,
    settings_hash varchar(64) not null,
    state         varchar(1000000) not null,
    next_at       timestamp with time zone not null,
    claim         uuid,
    claimed_by    uuid,
    failures      integer not null,
    problem       varchar(2000) not null,
    looked_at     timestamp with time zone,
    found_at      timestamp with time zone,
    primary key (namespace, pipeline, name)
);
create index polls_by_next on polls (type, next_at);
