-- The servers on this database: one row for the life of one process. Times are the database's.
create table servers (
    id           uuid primary key,
    home         uuid not null,
    name         varchar(300) not null,
    node_name    varchar(63) not null,
    address      varchar(1000) not null,
    link_address varchar(1000) not null,
    sources      varchar(10000) not null,
    version      varchar(63) not null,
    started_at   timestamp with time zone not null,
    seen_at      timestamp with time zone not null,
    lost         boolean not null,
    constraint servers_node unique (node_name)
);

-- Several servers may stand on one machine, each with a key of its own.
alter table access_keys add column home varchar(1000) default '' not null;
