ALTER TABLE sign_in_ticket ADD COLUMN is_remembered boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN sign_in_ticket.is_remembered IS 'Whether the session to come lasts as long as one on a device that its owner lets remember it.';
