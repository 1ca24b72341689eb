-- What is to be told to systems outside about runs. A row is written with the change that it tells
-- of, and goes once it is told. No foreign keys: an administrator may delete an exporter while
-- something waits for it, and retention a run; both are found out when it is its turn.
create table outbox (
    -- Whom to tell: the uuid of an exporter's resource.
    channel       uuid not null,
    run_id        uuid not null,
    -- The number of the event within its run: what one channel is told of one run is told in this order.
    seq           bigint not null,
    -- What happened, such as RUN_FINISHED, and where: the path of a step, or nothing.
    occasion      varchar(63) not null,
    subject       varchar(500) not null,
    created_at    timestamp with time zone not null,
    due_at        timestamp with time zone not null,
    -- Some server is at it until then; nobody once that has passed.
    claimed_until timestamp with time zone,
    -- How far the receiver has got, in the exporter's own words.
    progress      varchar(4096) not null,
    tries         integer not null,
    constraint outbox_pk primary key (channel, run_id, seq)
);
create index outbox_by_due on outbox (channel, due_at);
create index outbox_by_age on outbox (channel, created_at);

-- How each channel fares.
create table outbox_channels (
    channel       uuid primary key,
    -- How many rows were given up, ever.
    dropped       bigint not null,
    -- Why it failed last, and when; empty when it never did.
    reason        varchar(2000) not null,
    failed_at     timestamp with time zone
);
