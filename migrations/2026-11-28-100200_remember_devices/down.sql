ALTER TABLE sign_in_ticket DROP COLUMN is_remembered;
