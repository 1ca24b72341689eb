-- Earlier lives of the node's program, the latest first: one that comes back lives beside its
-- successor, which nothing but a copy of the node can.
alter table nodes add column former_lives varchar(500) default '' not null;
