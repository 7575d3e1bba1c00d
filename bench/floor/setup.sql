-- What the floor's scripts need beside the schema.
CREATE SCHEMA bench;
CREATE FUNCTION bench.uuid7() RETURNS uuid LANGUAGE sql VOLATILE AS $$
    SELECT (lpad(to_hex((extract(epoch FROM clock_timestamp()) * 1000)::bigint), 12, '0') || '7'
        || substr(gen_random_uuid()::text, 16))::uuid
$$;
GRANT USAGE ON SCHEMA bench TO threadwell_staff, threadwell_portal;
GRANT EXECUTE ON FUNCTION bench.uuid7 TO threadwell_staff, threadwell_portal;
