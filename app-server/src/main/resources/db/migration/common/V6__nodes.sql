-- What administrators decide about nodes, beyond restarts.
create table nodes (
    name       varchar(63) primary key,
    draining   boolean not null,
    changed_at timestamp with time zone not null
);
