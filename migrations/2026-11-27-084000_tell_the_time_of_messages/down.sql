-- The further tokens are of no harm and go with the next rebuild.
COMMENT ON COLUMN message_search.tokens IS
    'The first eight bytes of keyed hashes of stems and of the sender; empty where the practice does without.';
