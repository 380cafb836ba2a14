-- Where a visit by our own link leads.
ALTER TABLE earn_actions ADD COLUMN url text CHECK (url IS NULL OR trigger = 'social_visit');
