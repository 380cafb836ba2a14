-- When the recipient of a mail called it spam.
ALTER TABLE messages ADD COLUMN complained_at timestamptz(3);
