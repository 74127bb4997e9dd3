-- Why: the three things that must not be forgotten. Which portals there are and where they answer, whose
-- tokens we hold, and which channels were connected. The words are those that PostgreSQL and SQLite both
-- accept; times are unix microseconds, ids and times come from the app.

create table portals (
    member_id text primary key,
    domain text not null,
    client_endpoint text not null,
    status text not null,
    -- Sealed; null until an administrator's launch or install has brought one.
    application_token bytea,
    -- The last verified installation; null for a portal that was only ever launched.
    installed_at bigint,
    last_seen_at bigint not null,
    created_at bigint not null,
    -- Set when the authorization server said that the app is no longer installed.
    gone_at bigint
);

create table credentials (
    member_id text not null references portals (member_id) on delete cascade,
    user_id bigint not null,
    -- The token pair, sealed with member_id and user_id as context.
    tokens bytea not null,
    -- Only grows. Every write of tokens or verdict compares it first.
    generation bigint not null,
    state text not null check (state in ('live', 'lost', 'revoked')),
    -- Who refreshes this generation, and until when that is believed.
    claim_owner text,
    claim_until bigint,
    -- Whether a refresh of this generation was ever sent and never answered.
    unresolved boolean not null,
    -- Keyed digests of the stored and of the last spent refresh token: a reloaded frame posts old ones.
    refresh_digest bytea not null,
    spent_digest bytea,
    created_at bigint not null,
    updated_at bigint not null,
    primary key (member_id, user_id)
);

create table connections (
    id text primary key,
    member_id text not null references portals (member_id) on delete cascade,
    code text not null,
    -- Who pressed the button last; the connection itself belongs to the whole portal.
    user_id bigint,
    bot_id bigint not null,
    connected_at bigint not null,
    -- What the last attempt came to: connected, or the slug of its refusal.
    last_outcome text not null,
    last_attempt_at bigint not null,
    unique (member_id, code)
);

create index connections_newest on connections (member_id, connected_at);
