-- Who may come in: the cluster's authority, one-time tokens, and the nodes that joined.

-- The private key is sealed with a key that is not in the database.
create table authorities (
    name        varchar(63) primary key,
    certificate bytea not null,
    sealed_key  bytea not null,
    -- Tells which key opens it, without helping to guess it
    key_mark    varchar(64) not null,
    created_at  timestamp with time zone not null
);

create table join_tokens (
    id         varchar(32) primary key,
    hash       varchar(64) not null unique,
    -- Empty: the machine says how it wants to be named
    node       varchar(63) not null,
    labels     varchar(65536) not null,
    created_by varchar(200) not null,
    created_at timestamp with time zone not null,
    expires_at timestamp with time zone not null,
    used_at    timestamp with time zone
);

-- Machines that have joined and were not removed.
create table enrolled_nodes (
    name           varchar(63) primary key,
    labels         varchar(65536) not null,
    joined_at      timestamp with time zone not null,
    quarantined_at timestamp with time zone
);

create table node_certificates (
    serial      varchar(64) primary key,
    node        varchar(63) not null,
    generation  bigint not null,
    -- SHA-256 of the public key
    key_hash    varchar(64) not null,
    -- The certificate that was renewed; empty for the first one
    renewal_of  varchar(64) not null,
    issued_at   timestamp with time zone not null,
    not_after   timestamp with time zone not null,
    seen_at     timestamp with time zone,
    -- The key of its successor, once that was asked for
    renewed_at  timestamp with time zone,
    renewed_key varchar(64),
    -- When its successor was seen first
    replaced_at timestamp with time zone,
    revoked_at  timestamp with time zone
);
create index node_certificates_by_node on node_certificates (node, generation);
create index node_certificates_by_key on node_certificates (key_hash);
create index node_certificates_by_revocation on node_certificates (revoked_at);
