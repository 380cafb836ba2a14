-- Orders below it earn nothing.
ALTER TABLE earn_rules ADD COLUMN minimum numeric(20,4) CHECK (minimum > 0);
