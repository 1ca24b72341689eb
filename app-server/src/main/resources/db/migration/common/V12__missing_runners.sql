-- Kinds of leaves that a node knows of and cannot carry out, and why: a JSON object of texts.
alter table nodes add column missing_runners varchar(100000) default '{}' not null;
