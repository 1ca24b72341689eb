-- One history for H2 and PostgreSQL. Vendor folders beside this one hold what only one of them knows.

create table resources (
    uuid          uuid primary key,
    kind          varchar(63) not null,
    namespace     varchar(63) not null,
    name          varchar(63) not null,
    revision      bigint not null,
    labels        varchar(65536) not null,
    annotations   varchar(65536) not null,
    spec          varchar(1000000) not null,
    origin        varchar(1000) not null,
    created_at    timestamp with time zone not null,
    updated_at    timestamp with time zone not null,
    constraint resources_address unique (kind, namespace, name)
);

create table deliveries (
    id            uuid primary key,
    source        varchar(200) not null,
    dedupe_key    varchar(200) not null,
    namespace     varchar(63) not null,
    pipeline      varchar(63) not null,
    event         varchar(63) not null,
    headers       varchar(65536) not null,
    body          bytea not null,
    parameters    varchar(1000000) not null,
    status        varchar(20) not null,
    reason        varchar(2000) not null,
    run_id        uuid,
    redelivery_of uuid,
    received_at   timestamp with time zone not null,
    decided_at    timestamp with time zone,
    constraint deliveries_once unique (source, dedupe_key)
);
create index deliveries_by_time on deliveries (received_at, id);
create index deliveries_by_pipeline on deliveries (namespace, pipeline, received_at);
create index deliveries_by_status on deliveries (status, received_at);

create table pipeline_counters (
    namespace     varchar(63) not null,
    pipeline      varchar(63) not null,
    last_number   bigint not null,
    primary key (namespace, pipeline)
);

create table runs (
    id                uuid primary key,
    namespace         varchar(63) not null,
    pipeline          varchar(63) not null,
    number            bigint not null,
    phase             varchar(20) not null,
    outcome           varchar(20),
    event             varchar(63) not null,
    cause             varchar(4000) not null,
    delivery_id       uuid,
    rerun_of          uuid,
    branch            varchar(500) not null,
    tag               varchar(500) not null,
    commit_hash       varchar(64) not null,
    commit_message    varchar(2000) not null,
    author            varchar(500) not null,
    message           varchar(4000) not null,
    trace_id          varchar(32) not null,
    root_span_id      varchar(16) not null,
    concurrency_group varchar(500),
    plan              bytea not null,
    revision          bigint not null,
    event_count       bigint not null,
    steps_total       integer not null,
    steps_finished    integer not null,
    queued_at         timestamp with time zone not null,
    started_at        timestamp with time zone,
    finished_at       timestamp with time zone,
    wake_at           timestamp with time zone,
    constraint runs_number unique (namespace, pipeline, number),
    constraint runs_delivery unique (delivery_id)
);
create index runs_by_id on runs (namespace, pipeline, id);
create index runs_by_phase on runs (phase, wake_at);
create index runs_by_group on runs (concurrency_group, phase, id);
create index runs_by_end on runs (finished_at);

create table steps (
    run_id        uuid not null references runs (id) on delete cascade,
    position      integer not null,
    path          varchar(300) not null,
    phase         varchar(20) not null,
    outcome       varchar(20),
    attempt       integer not null,
    started_at    timestamp with time zone,
    finished_at   timestamp with time zone,
    due_at        timestamp with time zone,
    cause         varchar(63) not null,
    message       varchar(4000) not null,
    exit_code     integer,
    outputs       varchar(1000000) not null,
    carried       boolean not null,
    primary key (run_id, position)
);

create table attempts (
    id            uuid primary key,
    run_id        uuid not null references runs (id) on delete cascade,
    position      integer not null,
    number        integer not null,
    fence         bigint not null,
    node          varchar(63) not null,
    phase         varchar(20) not null,
    live_key      varchar(80),
    cause         varchar(63) not null,
    outcome       varchar(20),
    exit_code     integer,
    assigned_at   timestamp with time zone not null,
    started_at    timestamp with time zone,
    finished_at   timestamp with time zone,
    log_lines     bigint not null,
    log_out       bigint not null,
    log_err       bigint not null,
    constraint attempts_live unique (live_key)
);
create index attempts_by_step on attempts (run_id, position, fence);
create index attempts_by_node on attempts (node, phase);

create table log_chunks (
    attempt_id    uuid not null references attempts (id) on delete cascade,
    sequence      integer not null,
    first_line    bigint not null,
    line_count    integer not null,
    out_offset    bigint not null,
    out_length    integer not null,
    err_offset    bigint not null,
    err_length    integer not null,
    first_at      timestamp with time zone not null,
    data          bytea not null,
    primary key (attempt_id, sequence)
);
create index log_chunks_by_line on log_chunks (attempt_id, first_line);

create table events (
    seq           bigint generated by default as identity primary key,
    at            timestamp with time zone not null,
    namespace     varchar(63) not null,
    type          varchar(63) not null,
    subject       varchar(500) not null,
    run_id        uuid,
    run_seq       bigint,
    data          varchar(1000000) not null
);
create index events_by_run on events (run_id, run_seq);
create index events_by_time on events (at);

create table crons (
    namespace     varchar(63) not null,
    pipeline      varchar(63) not null,
    name          varchar(63) not null,
    schedule_hash varchar(64) not null,
    next_at       timestamp with time zone,
    last_at       timestamp with time zone,
    primary key (namespace, pipeline, name)
);
create index crons_by_next on crons (next_at);

create table access_keys (
    id            varchar(32) primary key,
    name          varchar(200) not null,
    hash          varchar(64) not null,
    role          varchar(20) not null,
    created_at    timestamp with time zone not null
);

create table idempotency_keys (
    scope         varchar(200) not null,
    idem_key      varchar(200) not null,
    request_hash  varchar(64) not null,
    status        integer not null,
    location      varchar(1000) not null,
    body          varchar(1000000) not null,
    created_at    timestamp with time zone not null,
    primary key (scope, idem_key)
);
create index idempotency_by_time on idempotency_keys (created_at);
